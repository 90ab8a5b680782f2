"""A RestServer of wipac-rest-tools, with what fruit-server.ts has. Arguments: shared secret. Prints its port."""

import asyncio
import sys

import tornado.web
from rest_tools.server import (
    ArgumentHandler,
    ArgumentSource,
    RestHandler,
    RestHandlerSetup,
    RestServer,
    authenticated,
    role_authorization,
)

(secret,) = sys.argv[1:]
fruits = {}
calls = {}


class Fruits(RestHandler):
    @role_authorization(roles=["reader", "gardener"])
    async def get(self):
        arguments = ArgumentHandler(ArgumentSource.QUERY_ARGUMENTS, self)
        arguments.add_argument("below", type=float, default=1000)
        arguments.add_argument("tagged", type=bool, default=False)
        args = arguments.parse_args()
        found = [fruit for fruit in fruits.values() if fruit["price"] < args.below]
        self.write({"fruits": [fruit for fruit in found if fruit["tags"] or not args.tagged]})

    @role_authorization(roles=["gardener"])
    async def post(self):
        arguments = ArgumentHandler(ArgumentSource.JSON_BODY_ARGUMENTS, self)
        arguments.add_argument("name", type=str)
        arguments.add_argument("price", type=float)
        arguments.add_argument("tags", type=list, default=[])
        args = arguments.parse_args()
        fruits[args.name] = vars(args)
        self.write(vars(args))


class Fruit(RestHandler):
    @authenticated
    async def get(self, name):
        if name == "whoami":
            self.write({"subject": self.current_user, "greeting": self.request.headers["x-greeting"]})
        elif name in fruits:
            self.write(fruits[name])
        else:
            self.send_error(404, reason=f"no fruit is called {name}")

    @role_authorization(roles=["gardener"])
    async def delete(self, name):
        if fruits.pop(name, None) is None:
            raise tornado.web.HTTPError(404, reason=f"no fruit is called {name}")
        self.set_status(204)


class Flaky(RestHandler):
    async def get(self, name):
        self.answer(name, int(self.get_argument("faults")))

    async def post(self, name):
        self.answer(name, self.get_argument("faults"))

    def answer(self, name, faults):
        calls[name] = calls.get(name, 0) + 1
        if calls[name] <= faults:
            # send_error would drop the header.
            self.set_status(503, "busy")
            self.set_header("Retry-After", "0")
            self.write({"code": 503, "error": "busy"})
        else:
            self.write({"calls": calls[name]})


class Harvest(RestHandler):
    @authenticated
    async def get(self):
        for number in range(int(self.get_argument("count"))):
            self.write({"number": number})
            self.write("\n" if number % 2 else "\r\n\n")
            if number % 100 == 0:
                await self.flush()


async def main():
    setup = RestHandlerSetup({"auth": {"secret": secret, "issuer": "fruits", "algorithm": "HS512"}})
    server = RestServer()
    for path, handler in [(r"/fruits", Fruits), (r"/fruits/(.+)", Fruit), (r"/flaky/(.+)", Flaky), (r"/harvest", Harvest)]:
        server.add_route(path, handler, setup)
    server.startup(address="127.0.0.1", port=0)
    # Tornado tells a port of its own choosing nowhere else.
    (socket,) = server.http_server._sockets.values()
    print(socket.getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
