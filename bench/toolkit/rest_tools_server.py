"""The task of the benchmark with the original rest-tools. Arguments: secret, issuer, roles. Prints its address."""

import asyncio
import logging
import socket
import sys

from rest_tools.server import (
    ArgumentHandler,
    ArgumentSource,
    RestHandler,
    RestHandlerSetup,
    RestServer,
    role_authorization,
)

secret, issuer, *roles = sys.argv[1:]


def limit(value):
    """As the others: a whole number from 1 to 100."""
    number = int(value)
    if not 1 <= number <= 100:
        raise ValueError(value)
    return number


class Fruits(RestHandler):
    """The resource."""

    @role_authorization(roles=roles)
    async def get(self):
        """List."""
        arguments = ArgumentHandler(ArgumentSource.QUERY_ARGUMENTS, self)
        arguments.add_argument('name', type=str)
        arguments.add_argument('limit', type=limit, default=20)
        arguments.add_argument('is_citrus', type=bool, default=False)
        args = arguments.parse_args()
        self.write(
            {'name': args.name, 'limit': args.limit, 'is_citrus': args.is_citrus, 'subject': self.current_user}
        )


async def main():
    """Serve until the end of the process."""
    logging.getLogger().setLevel(logging.ERROR)
    setup = RestHandlerSetup({'auth': {'secret': secret, 'issuer': issuer, 'algorithm': 'HS512'}})
    server = RestServer(log_function=lambda handler: None)
    server.add_route('/fruits', Fruits, setup)
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port = probe.getsockname()[1]
    server.startup(address='127.0.0.1', port=port)
    print(f'http://127.0.0.1:{port}', flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
