"""With what: DynamoDB, KMS, SES and S3. The only place that knows AWS."""
