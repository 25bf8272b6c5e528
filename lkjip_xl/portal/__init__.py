"""The portal: agencies check and send their workbooks in a browser, coordinators follow, review and put together.

It keeps files, states and history and calls the pipeline; it knows no table. ``serve`` starts it.
"""
