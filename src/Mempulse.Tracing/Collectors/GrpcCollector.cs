using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Mempulse.Outcomes.Traces;
using Mempulse.Tracing.Otlp;

namespace Mempulse.Tracing.Collectors;

/// <summary>A collector over gRPC.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#failures names the codes that are tried again.</remarks>
internal sealed class GrpcCollector : ISpanCollector
{
    /// <summary>Shared by all collectors, because it pools connections by address.</summary>
    private static readonly SocketsHttpHandler s_handler = new() { EnableMultipleHttp2Connections = true };

    private static readonly Marshaller<byte[]> _bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private static readonly Method<byte[], byte[]> _export =
        new(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", _bytes, _bytes);

    private readonly OtlpTarget _settings;
    private readonly GrpcChannel _channel;
    private readonly Metadata _headers = [];

    public GrpcCollector(OtlpTarget settings)
    {
        _settings = settings;
        _channel = GrpcChannel.ForAddress(settings.Endpoint, new GrpcChannelOptions { HttpHandler = s_handler });
        foreach (var (name, value) in settings.Headers)
        {
            _headers.Add(name, value);
        }
    }

    /// <inheritdoc/>
    public async Task<CollectorAnswer> ExportAsync(IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_settings.Timeout);
        try
        {
            using var call = _channel.CreateCallInvoker().AsyncUnaryCall(_export, host: null, new CallOptions(_headers, cancellationToken: patience.Token), OtlpProtobuf.Encode(_settings.Resource, spans));
            var (refused, reason) = OtlpProtobuf.DecodeAnswer(await call.ResponseAsync.ConfigureAwait(false));
            return new CollectorAnswer.Taken(refused, reason);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException) when (patience.IsCancellationRequested)
        {
            return new CollectorAnswer.NotNow($"{_settings.Endpoint} did not answer within {_settings.Timeout}.", After: null);
        }
        catch (RpcException failure)
        {
            string standing = $"{_settings.Endpoint} answered with {failure.StatusCode}: {failure.Status.Detail}";
            return IsPassing(failure.StatusCode) ? new CollectorAnswer.NotNow(standing, After: null) : new CollectorAnswer.Never(standing);
        }
        catch (InvalidProtocolBufferException)
        {
            return new CollectorAnswer.Taken(Refused: 0, string.Empty); // it is taken; the answer only says what is not
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static bool IsPassing(StatusCode code) => code
        is StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.OutOfRange
        or StatusCode.Unavailable or StatusCode.DataLoss or StatusCode.ResourceExhausted or StatusCode.Internal;
}
