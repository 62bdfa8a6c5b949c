"""The portal: pages for people of CLECs and of the ILEC, on the same services as the API."""
