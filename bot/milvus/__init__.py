"""Passages kept by a Milvus server: written by one job, asked by as many bots as wanted. The only place that imports pymilvus."""
