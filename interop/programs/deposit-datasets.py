"""dspace-rest-client deposits items with a span and a box, of which Pele's requests find what their account may read.

Arguments: API address, e-mail address and password of an administrator, those of somebody else, address of Pele's API.
"""

import sys

import requests
from dspace_rest_client.client import DSpaceClient
from dspace_rest_client.models import Item

api, username, password, reader, reader_password, pele = sys.argv[1:]
client = DSpaceClient(api_endpoint=api, username=username, password=password)
assert client.authenticate()


def metadata(**values):
    return {
        "metadata": {
            name.replace("_", "."): [{"value": value, "language": None, "authority": None, "confidence": -1}]
            for name, value in values.items()
        }
    }


community = client.create_community(parent=None, data=metadata(dc_title="Gauges"))
collection = client.create_collection(parent=community.uuid, data=metadata(dc_title="Tide gauges of the North Sea"))


def deposit(title):
    # What is not discoverable is for administrators alone, which is this client's default.
    item = Item(
        {"inArchive": True, "discoverable": True, "withdrawn": False}
        | metadata(
            dc_title=title,
            dcterms_temporal="start=2017-04-18T21:09:23Z; end=2017-04-18T21:09:50Z; scheme=W3C-DTF",
            dcterms_spatial="westlimit=8; southlimit=53; eastlimit=9; northlimit=54",
        )
    )
    return client.create_item(parent=collection.uuid, item=item).uuid


def found(account):
    answer = requests.post(f"{pele}/login", auth=account, timeout=60)
    assert answer.status_code == 200, answer.text
    polygon = [[[8.5, 53.5], [12, 53.5], [12, 60], [8.5, 60], [8.5, 53.5]]]
    answer = requests.post(
        f"{pele}/pele/dataset/Tide gauges of the North Sea/dataset_ids",
        headers={"X-API-KEY": answer.json()["token"]},
        json={"start_time": "2017-04-18", "end_time": "2017-04-19", "polygon": polygon},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    ids = answer.json()["dataset_ids"]
    assert answer.json()["total"] == len(ids), answer.text
    return set(ids)


open_item, private_item = deposit("Cuxhaven"), deposit("Helgoland")
policies = client.api_get(f"{api}/authz/resourcepolicies/search/resource", params={"uuid": private_item}).json()
for policy in policies["_embedded"]["resourcepolicies"]:
    assert client.api_delete(f"{api}/authz/resourcepolicies/{policy['id']}", params=None).status_code == 204

for account, expected in (((username, password), {open_item, private_item}), ((reader, reader_password), {open_item})):
    ids = found(account)
    assert ids == expected, f"{account[0]} found {ids} in place of {expected}"
