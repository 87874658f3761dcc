namespace Mempulse.Tracing.Otlp;

/// <summary>How spans are sent to a collector.</summary>
public enum OtlpProtocol
{
    /// <summary>Protobuf over gRPC.</summary>
    Grpc = 0,

    /// <summary>Protobuf over HTTP.</summary>
    HttpProtobuf = 1,

    /// <summary>JSON over HTTP.</summary>
    HttpJson = 2,
}
