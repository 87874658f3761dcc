using Mempulse.Builder.Dialects;

namespace Mempulse.Builder.Requests;

/// <summary>One request, byte for byte as it is sent. Immutable; not a record, because its text must not show bundle or secret.</summary>
public sealed class RelayRequest
{
    internal RelayRequest(RelayMethod method, ulong id, ReadOnlyMemory<byte> body, string? headerName, string? headerValue)
    {
        Method = method;
        Id = id;
        Body = body;
        HeaderName = headerName;
        HeaderValue = headerValue;
    }

    /// <summary>What it asks for.</summary>
    public RelayMethod Method { get; }

    /// <summary>Where it goes.</summary>
    public EndpointUse Use => Method == RelayMethod.BundleStatistics ? EndpointUse.Statistics : EndpointUse.Requests;

    /// <summary>Its JSON-RPC id, which the answer must repeat.</summary>
    public ulong Id { get; }

    /// <summary>The bytes that were signed and are sent.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The header that says who sends it; null if the builder needs none.</summary>
    public string? HeaderName { get; }

    /// <summary>Its value.</summary>
    public string? HeaderValue { get; }

    /// <summary>The method and the id.</summary>
    public override string ToString() => $"{Method} {Id}";
}
