"""Uses pele_client beyond the end of its token. Arguments: base URL. The account is in .netrc."""

import sys
import time

from pele_client.client import PeleRequests

pele = PeleRequests(sys.argv[1])
url, words = sys.argv[1] + "/test/echo", {"echo_str": "hello world"}
first = pele.token
assert pele.get(url, params=words).json()["message"] == "hello world"
time.sleep(4)
assert pele.get(url, params=words).json()["message"] == "hello world"
assert pele.token != first, "the token was not renewed"
