/// The types of the text exposition format that Docket uses.
public enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram
}
