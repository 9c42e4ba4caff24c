public import Logging

/// An attribute for metadata values that the log handler must not print.
///
/// `logger.info("signed in", metadata: ["email": .sensitive(address)])` logs the key with a fixed mark as its value.
public enum LogSensitivity: Int64, Sendable, Logger.MetadataValueAttributes.Attribute {
    case sensitive = 1
}

extension Logger.MetadataValue {
    /// A value that handlers which know ``LogSensitivity`` redact.
    public static func sensitive(_ value: some CustomStringConvertible & Sendable) -> Logger.MetadataValue {
        .attributed(value, attributes: [LogSensitivity.sensitive])
    }
}
