"""Integration tests: the built image over HTTP, with its real PostgreSQL and Redis."""

import json
import os
import urllib.error
import urllib.request

import psycopg2
import pytest
import redis

API = os.environ["ORDERS_URL"]
ORDER = {
    "customer": "Ada",
    "items": [
        {"sku": "tea", "quantity": 2, "price_cents": 450},
        {"sku": "cup", "quantity": 1, "price_cents": 1200},
    ],
}


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(API + path, data), timeout=10) as answer:
            return answer.status, dict(answer.headers), json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), json.load(error)


@pytest.fixture
def placed():
    status, headers, body = call("/orders", ORDER)
    assert status == 201
    assert headers["Location"] == f"/orders/{body['id']}"
    return body["id"]


def test_an_order_comes_back_with_its_total(placed):
    status, _, order = call(f"/orders/{placed}")
    assert status == 200
    assert order == {"id": placed, **ORDER, "total_cents": 2100}


def test_an_order_is_kept_in_postgresql(placed):
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(quantity * price_cents) FROM order_lines WHERE order_id = %s", (placed,))
            assert cursor.fetchone() == (2100,)


def test_the_second_read_comes_from_redis(placed):
    assert call(f"/orders/{placed}")[1]["X-Cache"] == "miss"
    assert call(f"/orders/{placed}")[1]["X-Cache"] == "hit"
    cached = redis.Redis.from_url(os.environ["CACHE_URL"]).get(f"order:{placed}")
    assert json.loads(cached)["id"] == placed


def test_an_unknown_order_is_not_found():
    status, _, body = call("/orders/999999999")
    assert (status, body) == (404, {"problems": ["There is no order 999999999."]})


def test_every_problem_of_a_bad_order_is_told_at_once():
    status, _, body = call("/orders", {"customer": "", "items": [{"sku": "tea", "quantity": "2"}]})
    assert status == 422
    assert body["problems"] == [
        "customer must be a non-empty text.",
        "item 1: quantity must be a int.",
        "item 1: price_cents must be a int.",
    ]


def test_a_bad_order_leaves_nothing_in_the_database():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders")
        before = cursor.fetchone()
        call("/orders", {"customer": "Ada", "items": [{"sku": "tea", "quantity": 0, "price_cents": 1}]})
        cursor.execute("SELECT count(*) FROM orders")
        assert cursor.fetchone() == before


def test_the_release_is_signed():
    release = call("/release")[2]
    assert len(release["signature"]) == 64
    assert "orders/store.py" in release["files"]
