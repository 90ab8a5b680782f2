"""dspace-rest-client beyond its examples: pages of records, and metadata one value at a time.

Arguments: API address, e-mail address, password.
"""

import sys

from dspace_rest_client.client import DSpaceClient
from dspace_rest_client.models import Item

RECORDS = 45

api, username, password = sys.argv[1:]
client = DSpaceClient(api_endpoint=api, username=username, password=password)
assert client.authenticate()


def title(text):
    return {"metadata": {"dc.title": [{"value": text, "language": "en", "authority": None, "confidence": -1}]}}


def made(record):
    assert record is not None and record.uuid is not None, "a record was not made"
    return record


community = made(client.create_community(parent=None, data=title("Pages")))
collections = [
    made(client.create_collection(parent=community.uuid, data=title(f"Collection {n}"))) for n in range(RECORDS)
]
assert RECORDS > 2 * client.ITER_PAGE_SIZE
seen = [collection.uuid for collection in client.get_collections_iter(community=community)]
assert len(seen) == RECORDS and set(seen) == {collection.uuid for collection in collections}, f"{len(seen)} collections, {len(set(seen))} different ones"

items = [made(client.create_item(parent=collections[0].uuid, item=Item(title(f"Item {n}")))) for n in range(RECORDS)]
seen = [item.uuid for item in client.get_items_iter()]
assert len(seen) == len(set(seen)), "an item came twice"
assert {item.uuid for item in items} <= set(seen), "an item is missing"

patch = client.PatchOperation
item = client.add_metadata(dso=items[0], field="dc.subject", value="one")
item = client.add_metadata(dso=item, field="dc.subject", value="two", language="en", place="-")
item = client.add_metadata(dso=item, field="dc.subject", value="zero", place="0")
url = item.links["self"]["href"]
assert [value["value"] for value in item.metadata["dc.subject"]] == ["zero", "one", "two"], item.metadata


def subjects(operation, path, value):
    answer = client.api_patch(url, operation, path, value)
    assert answer.status_code == 200, answer.text
    return [value["value"] for value in answer.json()["metadata"].get("dc.subject", [])]


assert subjects(patch.REPLACE, "/metadata/dc.subject/0", {"value": "nil"}) == ["nil", "one", "two"]
assert subjects(patch.MOVE, "/metadata/dc.subject/0", "/metadata/dc.subject/2") == ["two", "nil", "one"]
assert subjects(patch.REMOVE, "/metadata/dc.subject/1", None) == ["two", "one"]
assert subjects(patch.REMOVE, "/metadata/dc.subject", None) == []

item = client.get_item(items[1].uuid).json()
assert item["name"] == "Item 1", item
changed = Item(item)
changed.metadata["dc.title"][0]["value"] = "Another title"
assert client.update_item(changed).name == "Another title"

assert client.delete_dso(items[2]) is not None
assert client.get_item(items[2].uuid).status_code == 404
print(f"{RECORDS} collections and items over pages of {client.ITER_PAGE_SIZE}; metadata added, moved, replaced, removed")
