"""Orders in PostgreSQL; reads go through Redis."""

import json

import psycopg2
import redis
from psycopg2.pool import ThreadedConnectionPool

CACHE_SECONDS = 60


class Store:
    """One pool of database connections and one cache client for the whole process."""

    def __init__(self, database_url, cache_url):
        self.pool = ThreadedConnectionPool(1, 8, database_url)
        self.cache = redis.Redis.from_url(cache_url)

    def ready(self):
        """True when both answer; used by the health check."""
        with self._cursor() as cursor:
            cursor.execute("SELECT 1")
        return self.cache.ping()

    def place(self, customer, items):
        """Stores an order with its lines in one transaction; returns its number."""
        with self._cursor() as cursor:
            cursor.execute("INSERT INTO orders (customer) VALUES (%s) RETURNING id", (customer,))
            (order_id,) = cursor.fetchone()
            for item in items:
                cursor.execute(
                    "INSERT INTO order_lines (order_id, sku, quantity, price_cents) VALUES (%s, %s, %s, %s)",
                    (order_id, item["sku"], item["quantity"], item["price_cents"]),
                )
        return order_id

    def find(self, order_id):
        """The order and whether the cache had it, or (None, False)."""
        key = f"order:{order_id}"
        cached = self.cache.get(key)
        if cached is not None:
            return json.loads(cached), True
        order = self._load(order_id)
        if order is not None:
            self.cache.setex(key, CACHE_SECONDS, json.dumps(order))
        return order, False

    def _load(self, order_id):
        with self._cursor() as cursor:
            cursor.execute("SELECT customer FROM orders WHERE id = %s", (order_id,))
            row = cursor.fetchone()
            if row is None:
                return None
            cursor.execute(
                "SELECT sku, quantity, price_cents FROM order_lines WHERE order_id = %s ORDER BY id",
                (order_id,),
            )
            lines = [
                {"sku": sku, "quantity": quantity, "price_cents": price}
                for sku, quantity, price in cursor.fetchall()
            ]
        total = sum(line["quantity"] * line["price_cents"] for line in lines)
        return {"id": order_id, "customer": row[0], "items": lines, "total_cents": total}

    def _cursor(self):
        return _Transaction(self.pool)


class _Transaction:
    """A cursor whose connection commits on success and goes back to the pool in any case."""

    def __init__(self, pool):
        self.pool = pool

    def __enter__(self):
        self.connection = self.pool.getconn()
        return self.connection.cursor()

    def __exit__(self, error, *_):
        try:
            if error is None:
                self.connection.commit()
            else:
                self.connection.rollback()
        except psycopg2.InterfaceError:
            self.pool.putconn(self.connection, close=True)
            raise
        self.pool.putconn(self.connection)
