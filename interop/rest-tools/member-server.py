"""A RestServer of wipac-rest-tools that takes tokens of an OpenID provider, with what member-server.ts has.

Arguments: address of the provider, audience. Prints its port.
"""

import asyncio
import sys

from rest_tools.server import (
    RestHandler,
    RestHandlerSetup,
    RestServer,
    authenticated,
    keycloak_role_auth,
    scope_role_auth,
    token_attribute_role_mapping_auth,
)

provider, audience = sys.argv[1:]
members = token_attribute_role_mapping_auth({"member": ["groups=/.*"]}, {r"\1": ["groups=/(.*)"]})


class Me(RestHandler):
    @authenticated
    async def get(self):
        token = self.auth_data
        self.write({"sub": token["sub"], "scope": token.get("scope"), "name": token.get("preferred_username")})


class Readers(RestHandler):
    @scope_role_auth(prefix="club", roles=["read"])
    async def get(self):
        self.write({})


class Admins(RestHandler):
    @keycloak_role_auth(roles=["admin"])
    async def get(self):
        self.write({})


class Groups(RestHandler):
    @members(roles=["member"])
    async def get(self):
        self.write({"groups": sorted(self.auth_groups)})


async def main():
    setup = RestHandlerSetup({"auth": {"openid_url": provider, "audience": audience, "issuers": [provider]}})
    server = RestServer()
    for path, handler in [("/me", Me), ("/readers", Readers), ("/admins", Admins), ("/groups", Groups)]:
        server.add_route(path, handler, setup)
    server.startup(address="127.0.0.1", port=0)
    # Tornado tells a port of its own choosing nowhere else.
    (socket,) = server.http_server._sockets.values()
    print(socket.getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
