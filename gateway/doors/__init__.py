"""The doors: HTTP for CLECs, the back end and operations. They translate; every change is a service's."""
