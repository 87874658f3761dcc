namespace Mempulse.Client.Decoding;

/// <summary>A call to decode.</summary>
public sealed record DecodeRequest
{
    /// <summary>The contract that is called: 0x and 40 hex digits.</summary>
    public string? To { get; init; }

    /// <summary>The calldata in hex; none when absent.</summary>
    public string? Data { get; init; }

    /// <summary>The account that calls; the zero account when absent.</summary>
    public string? From { get; init; }

    /// <summary>The ether that is sent in wei, decimal or hex with 0x; 0 when absent.</summary>
    public string? Value { get; init; }

    /// <summary>The height whose entries of the registry hold; the newest when absent.</summary>
    public string? Block { get; init; }
}
