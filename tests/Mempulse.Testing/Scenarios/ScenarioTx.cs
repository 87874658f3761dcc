using System.Buffers.Binary;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Testing.Scenarios;

/// <summary>A transaction of a story.</summary>
/// <param name="Name">Its name in the story; the hash is derived from it.</param>
/// <param name="Sender">Name of the sender.</param>
/// <param name="Nonce">Its nonce.</param>
public sealed record ScenarioTx(string Name, string Sender, ulong Nonce)
{
    /// <summary>Fee cap in wei per gas.</summary>
    public ulong Fee { get; init; } = 100;

    /// <summary>Tip in wei per gas.</summary>
    public ulong Tip { get; init; } = 10;

    /// <summary>Gas that it may use.</summary>
    public ulong GasLimit { get; init; } = 21_000;

    /// <summary>Blob fee cap in wei per gas.</summary>
    public ulong BlobFee { get; init; }

    /// <summary>Its type.</summary>
    public TxType Type { get; init; } = TxType.DynamicFee;

    /// <summary>The contract that it calls, and the calldata; a payment without.</summary>
    public (Address To, byte[] Data)? Call { get; init; }

    /// <summary>EIP-7702 tuples: name of the authority and the nonce it signed.</summary>
    public IReadOnlyList<(string Authority, ulong Nonce)> Authorizes { get; init; } = [];

    /// <summary>Its tuples as they are in events.</summary>
    public Authorization[] AuthorizationList() =>
        [.. Authorizes.Select(tuple => new Authorization(Scenario.Chain, Named.Account(tuple.Authority), default, new Nonce(tuple.Nonce)))];

    /// <summary>Its body on record.</summary>
    public LogEvent.TxDecoded Decoded() => new(Named.Tx(Name), Named.Account(Sender), Body());

    /// <summary>Its body.</summary>
    public NormalizedTx Body() => new()
    {
        Type = Type,
        ChainId = Scenario.Chain,
        Nonce = new Nonce(Nonce),
        GasLimit = new Gas(GasLimit),
        Recipient = Call?.To ?? Named.Account("recipient"),
        Value = new Wei(1_000_000_000_000_000_000),
        MaxFeePerGas = new Wei(Fee),
        MaxPriorityFeePerGas = new Wei(Tip),
        MaxFeePerBlobGas = new Wei(BlobFee),
        BlobCount = Type == TxType.Blob ? 1 : 0,
        InputLength = Call?.Data.Length ?? 0,
        Selector = Call is { Data: { Length: >= 4 } data } ? BinaryPrimitives.ReadUInt32BigEndian(data) : null,
        AuthorizationList = AuthorizationList(),
        RawBytes = Call is { } call ? Signed(call) : new byte[] { 2, 0xc0 },
    };

    /// <summary>A signed transaction with the call; its other fields are not those of the body.</summary>
    private static byte[] Signed((Address To, byte[] Data) call) => TransactionEncoder.Encode(new SignedTransaction
    {
        Type = TxType.DynamicFee,
        ChainId = Scenario.Chain,
        Nonce = default,
        GasLimit = new Gas(1_000_000),
        Recipient = call.To,
        Value = default,
        MaxFeePerGas = new Wei(100),
        Input = call.Data,
        Signature = new EcdsaSignature(1, 1, 0),
    });
}
