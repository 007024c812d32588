"""The values between edge and service: who asks, what is answered, what a button means."""
