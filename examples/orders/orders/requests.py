"""What a request must look like; every problem is told at once."""

FIELDS = {"sku": str, "quantity": int, "price_cents": int}


def problems_of(body):
    """Sentences about what is wrong with the body of `POST /orders`; empty when it is well."""
    if not isinstance(body, dict):
        return ["The body must be a JSON object."]
    found = []
    if not isinstance(body.get("customer"), str) or not body["customer"].strip():
        found.append("customer must be a non-empty text.")
    items = body.get("items")
    if not isinstance(items, list) or not items:
        return [*found, "items must be a non-empty list."]
    for number, item in enumerate(items, start=1):
        found.extend(_problems_of_item(number, item))
    return found


def _problems_of_item(number, item):
    if not isinstance(item, dict):
        return [f"item {number} must be an object."]
    wrong = [
        f"item {number}: {name} must be a {kind.__name__}."
        for name, kind in FIELDS.items()
        if not isinstance(item.get(name), kind) or isinstance(item.get(name), bool)
    ]
    if not wrong and (item["quantity"] < 1 or item["price_cents"] < 0):
        wrong.append(f"item {number}: quantity must be at least 1 and price_cents at least 0.")
    return wrong
