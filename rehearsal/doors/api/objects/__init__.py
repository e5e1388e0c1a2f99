"""Object Storage's two sides: Oracle's own API (`native`) and the one that Amazon's clients speak (`s3`)."""
