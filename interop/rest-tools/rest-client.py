"""Uses RestClient and Auth of wipac-rest-tools: tokens, arguments, roles, failures, retries, streams.

Arguments: server address, shared secret of tokens. Prints what it saw.
"""

import asyncio
import sys

from requests.exceptions import HTTPError, RetryError
from rest_tools.client import CalcRetryFromBackoffMax, RestClient
from rest_tools.utils import Auth

address, secret = sys.argv[1:]
# Times with fractions of a second, as it makes them without being told otherwise.
auth = Auth(secret, issuer="fruits")
asked = 0


def gardener():
    global asked
    asked += 1
    return auth.create_token("ada", expiration=60, payload={"role": "gardener"})


async def refused(request, status, *words):
    try:
        await request
    except HTTPError as error:
        assert error.response.status_code == status, error
        # The client shows the reason phrase alone.
        for word in words:
            assert word in str(error), error
        assert error.response.json()["code"] == status, error.response.text
        return
    raise AssertionError(f"{status} was expected")


async def main():
    reader = RestClient(address, token=auth.create_token("bob", payload={"role": "reader"}), timeout=10)
    writer = RestClient(address, token=gardener, timeout=10)

    # Tokens and roles.
    await refused(RestClient(address).request("GET", "/fruits"), 401, "authentication failed")
    forged = Auth(secret[::-1], issuer="fruits").create_token("eve", payload={"role": "gardener"})
    await refused(RestClient(address, token=forged).request("GET", "/fruits"), 401)
    foreign = Auth(secret, issuer="others").create_token("eve", payload={"role": "gardener"})
    await refused(RestClient(address, token=foreign).request("GET", "/fruits"), 401)
    await refused(reader.request("POST", "/fruits", {"name": "kumquat", "price": 1}), 403, "authorization failed")

    # Documents and arguments.
    made = await writer.request("POST", "/fruits", {"name": "kumquat", "price": 1.5, "tags": ["small", "sour"]})
    assert made == {"name": "kumquat", "price": 1.5, "tags": ["small", "sour"]}, made
    await writer.request("POST", "fruits", {"name": "Äpfel", "price": 2})
    assert await reader.request("GET", "/fruits", {"below": 2, "tagged": True}) == [made]
    assert reader.request_seq("GET", "/fruits/Äpfel") == {"name": "Äpfel", "price": 2, "tags": []}
    assert await reader.request("GET", "/fruits/whoami", headers={"x-greeting": "hello"}) == ["bob", "hello"]
    await refused(writer.request("POST", "/fruits", {"name": "x"}), 400, "price")
    await refused(writer.request("POST", "/fruits", {"name": "x", "price": "dear"}), 400, "price")
    await refused(reader.request("GET", "/fruits", {"colour": "red"}), 400, "unrecognized arguments: colour")
    await refused(reader.request("GET", "/fruits/durian"), 404, "no fruit is called durian")
    assert await writer.request("DELETE", "/fruits/kumquat") is None
    await refused(writer.request("DELETE", "/fruits/kumquat"), 404)
    assert asked == 1, f"{asked} tokens for one minute"

    # Retries.
    patient = RestClient(address, retries=CalcRetryFromBackoffMax(0.1), backoff_factor=0.01)
    assert await patient.request("GET", "/flaky/a", {"faults": 3}) == {"calls": 4}
    assert await patient.request("POST", "/flaky/b", {"faults": 3}) == {"calls": 4}
    hasty = RestClient(address, retries=1, backoff_factor=0.01)
    try:
        await hasty.request("GET", "/flaky/c", {"faults": 2})
        raise AssertionError("it was expected to give up")
    except RetryError as error:
        assert "503" in str(error), error

    # Streams.
    for chunk_size in (None, 1, 8096):
        lines = list(reader.request_stream("GET", "/harvest", {"count": 1000}, chunk_size=chunk_size))
        assert [line["number"] for line in lines] == list(range(1000)), len(lines)
    try:
        list(reader.request_stream("GET", "/harvest", {"count": -1}))
        raise AssertionError("it was expected to be refused")
    except HTTPError as error:
        assert error.response.status_code == 400, error
    print("tokens, roles, arguments, failures, retries, 3 streams of 1000 documents")


asyncio.run(main())
