import CoreMetrics
public import Logging

/// Installs the process-wide logging and metrics backends. Only mains call this, once, before anything logs.
public enum TelemetryBootstrap {
    /// - Parameters:
    ///   - level: the least level that is printed.
    ///   - output: where lines go; standard error unless told otherwise.
    ///   - registry: the metrics backend; it also gets the process metrics.
    ///   - version: what runs, for `docket_build_info`.
    public static func install(
        level: Logger.Level,
        output: any LogOutput = FileDescriptorOutput.standardError,
        metadataProvider: Logger.MetadataProvider? = nil,
        registry: PrometheusRegistry,
        version: String
    ) {
        LoggingSystem.bootstrap { label in
            JSONLogHandler(label: label, level: level, output: output, metadataProvider: metadataProvider)
        }
        registry.add(ProcessMetrics())
        registry.add(BuildInfo(version: version))
        MetricsSystem.bootstrap(registry)
    }
}
