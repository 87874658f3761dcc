using MessagePack;
using PolyType;

namespace Mempulse.Benchmarks.Primitives;

/// <summary>A sighting as a contract of the MessagePack package.</summary>
[MessagePackObject]
public sealed record PackageSeen
{
    [Key(0)]
    public required int Via { get; init; }
}

/// <summary>A decoded transaction as a contract of the MessagePack package: the same keys, wide numbers as bytes.</summary>
[MessagePackObject]
public sealed record PackageDecoded
{
    [Key(0)]
    public required int Type { get; init; }

    [Key(1)]
    public required ulong ChainId { get; init; }

    [Key(2)]
    public required ulong Nonce { get; init; }

    [Key(3)]
    public required ulong GasLimit { get; init; }

    [Key(4)]
    public required ReadOnlyMemory<byte> Recipient { get; init; }

    [Key(5)]
    public required ReadOnlyMemory<byte> Value { get; init; }

    [Key(6)]
    public required ulong MaxFeePerGas { get; init; }

    [Key(7)]
    public required ulong MaxPriorityFeePerGas { get; init; }

    [Key(8)]
    public required ulong MaxFeePerBlobGas { get; init; }

    [Key(9)]
    public required int BlobCount { get; init; }

    [Key(10)]
    public required int InputLength { get; init; }

    [Key(11)]
    public required uint Selector { get; init; }

    [Key(12)]
    public required IReadOnlyList<ulong> Authorizations { get; init; }

    [Key(13)]
    public required ReadOnlyMemory<byte> Raw { get; init; }
}

/// <summary>A sighting as a shape of Nerdbank.MessagePack.</summary>
[GenerateShape]
public sealed partial record NerdbankSeen
{
    [Nerdbank.MessagePack.Key(0)]
    public required int Via { get; init; }
}

/// <summary>A decoded transaction as a shape of Nerdbank.MessagePack.</summary>
[GenerateShape]
public sealed partial record NerdbankDecoded
{
    [Nerdbank.MessagePack.Key(0)]
    public required int Type { get; init; }

    [Nerdbank.MessagePack.Key(1)]
    public required ulong ChainId { get; init; }

    [Nerdbank.MessagePack.Key(2)]
    public required ulong Nonce { get; init; }

    [Nerdbank.MessagePack.Key(3)]
    public required ulong GasLimit { get; init; }

    [Nerdbank.MessagePack.Key(4)]
    public required ReadOnlyMemory<byte> Recipient { get; init; }

    [Nerdbank.MessagePack.Key(5)]
    public required ReadOnlyMemory<byte> Value { get; init; }

    [Nerdbank.MessagePack.Key(6)]
    public required ulong MaxFeePerGas { get; init; }

    [Nerdbank.MessagePack.Key(7)]
    public required ulong MaxPriorityFeePerGas { get; init; }

    [Nerdbank.MessagePack.Key(8)]
    public required ulong MaxFeePerBlobGas { get; init; }

    [Nerdbank.MessagePack.Key(9)]
    public required int BlobCount { get; init; }

    [Nerdbank.MessagePack.Key(10)]
    public required int InputLength { get; init; }

    [Nerdbank.MessagePack.Key(11)]
    public required uint Selector { get; init; }

    [Nerdbank.MessagePack.Key(12)]
    public required IReadOnlyList<ulong> Authorizations { get; init; }

    [Nerdbank.MessagePack.Key(13)]
    public required ReadOnlyMemory<byte> Raw { get; init; }
}
