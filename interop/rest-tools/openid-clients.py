"""Uses the OpenID clients of wipac-rest-tools: a saved token, a refresh token, a secret, a new device login.

Arguments: server address, address of the provider, file with a refresh token of ada for the client `device`.
Prints the box of the new login, and then what it saw.
"""

import asyncio
import sys

from requests.exceptions import HTTPError
from rest_tools.client import ClientCredentialsAuth, OpenIDRestClient, RestClient, SavedDeviceGrantAuth

address, provider, filename = sys.argv[1:]


def stored():
    with open(filename) as file:
        return file.read()


async def refused(client, path, status):
    try:
        await client.request("GET", path)
    except HTTPError as error:
        assert error.response.status_code == status, error
        return
    raise AssertionError(f"{status} was expected")


async def as_ada(client):
    assert await client.request("GET", "/me") == {"sub": "ada", "name": "ada", "scope": "club:read"}
    assert await client.request("GET", "/groups") == {"groups": ["curators", "staff"]}
    await client.request("GET", "/readers")
    await client.request("GET", "/admins")


async def main():
    await refused(RestClient(address), "/me", 401)

    # The token that another client saved, rotated.
    before = stored()
    await as_ada(SavedDeviceGrantAuth(address, provider, filename=filename, client_id="device"))
    assert stored() != before

    updates = []
    client = OpenIDRestClient(
        address, provider, stored(), "device", update_func=lambda access, refresh: updates.append(refresh)
    )
    await as_ada(client)
    assert updates and updates[-1] != stored()

    service = ClientCredentialsAuth(address, provider, "service", "service-secret")
    assert (await service.request("GET", "/me"))["sub"] == "service"
    await refused(service, "/admins", 403)
    await refused(service, "/groups", 403)

    # The saved token was spent by OpenIDRestClient: a new login, which the test approves.
    client = SavedDeviceGrantAuth(address, provider, filename=filename, client_id="device", scopes=["club:read"])
    await as_ada(client)
    print("a saved token, a refresh token, a secret, a new login by device")


asyncio.run(main())
