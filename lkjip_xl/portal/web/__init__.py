"""The pages of the portal: requests in, HTML and files out; what happens is done by the modules beside this folder."""
