"""Uses the searches of islandora7-rest, as its published samples and its guide do.

Arguments: REST address, user, token. Prints how many objects the cursor went over.
"""

import sys

import requests
from islandora7_rest import IslandoraClient

rest_url, user, token = sys.argv[1:]
client = IslandoraClient(rest_url, user=user, token=token)

made = [client.create_object(label="Page {} of C+D/E & F".format(n), namespace="pages")["pid"] for n in range(5)]
for pid in made:
    client.add_content_model(pid, "islandora:pageCModel")

# A write is found by the next request; pages of two, along the cursor.
pages = 'RELS_EXT_hasModel_uri_ms:"info:fedora/islandora:pageCModel"'
found = list(client.solr_generator(pages, rows=2, fl="PID,fgs_label_s", sort="fgs_label_s desc"))
assert [each["PID"] for each in found] == list(reversed(made)), found
assert found[0]["fgs_label_s"] == "Page 4 of C+D/E & F", found
by_label = client.solr_query('fgs_label_s:"Page 2 of C+D/E & F"', fl="PID")
assert by_label["response"]["docs"] == [{"PID": made[2]}], by_label

# As in solr-query-sample.py.
results = client.solr_query("*:*", fl="PID")
assert results["responseHeader"]["status"] == 0 and results["responseHeader"]["QTime"] >= 0, results
assert results["responseHeader"]["params"]["fl"] == "PID", results
assert results["response"]["start"] == 0, results
for each in results["response"]["docs"]:
    assert client.get_object(each["PID"])["pid"] == each["PID"]

# As in solr-generator-sample.py, which asks for pids only.
everything = [each["PID"] for each in client.solr_generator("*:*", rows=3)]
assert len(everything) == len(set(everything)) == results["response"]["numFound"], everything
assert client.solr_query("*:*", rows=0)["response"]["docs"] == []

try:
    client.solr_query('dc.title:"')
    raise AssertionError("a query that is broken was answered")
except requests.HTTPError as error:
    assert error.response.status_code == 400, error

for pid in made:
    client.delete_object(pid)
assert client.solr_query(pages, rows=0)["response"]["numFound"] == 0

print(len(everything))
