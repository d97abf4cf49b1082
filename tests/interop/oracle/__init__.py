"""botocore as the measure of redrive: the same questions to both."""
