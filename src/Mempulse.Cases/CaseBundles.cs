using System.Text.Json.Nodes;
using Mempulse.Builder.Assembly;
using Mempulse.Cases.Simulations;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Features.Reasons;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>The bundles of a case, and their ids from their bytes.</summary>
/// <param name="records">The records of the case.</param>
internal sealed class CaseBundles(IReadOnlyList<LoggedRecord> records)
{
    /// <summary>The bundles that the case has the making of, in the order of the log.</summary>
    public IReadOnlyList<LogEvent.BundleBuilt> Built { get; } = [.. Decode<LogEvent.BundleBuilt>(records, LogEvent.BundleBuilt.KindNumber)];

    /// <summary>The id of a bundle, as it follows from its bytes.</summary>
    public static CaseResult ResultOf(LogEvent.BundleBuilt built, ReadOnlyMemory<byte> bytes) => new($"bundle {built.Bundle}", new JsonObject
    {
        ["id"] = BundleBytes.IdOf(bytes.Span, built.Target, built.StrategyVersion).ToString(),
        ["content"] = Keccak256.Hash(bytes.Span).ToString(),
        ["target"] = built.Target.Value,
        ["strategyVersion"] = built.StrategyVersion,
        ["transactions"] = new JsonArray([.. BundleBytes.Read(bytes).Select(static raw => JsonValue.Create(Keccak256.Hash(raw.Span).ToString()))]),
    }.ToJsonString());

    /// <summary>The first difference between what a record says of a bundle and what its bytes say.</summary>
    /// <param name="built">The record.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="simulated">The simulation that states its profit; null if its transactions were not those of the bundle, or the case does not have it.</param>
    public static CaseCheck? Check(LogEvent.BundleBuilt built, ReadOnlyMemory<byte> bytes, RecordedSim? simulated)
    {
        string name = $"bundle {built.Bundle}";
        if (BundleBytes.IdOf(bytes.Span, built.Target, built.StrategyVersion) is var id && id != built.Bundle)
        {
            return new CaseCheck($"{name} id", $"{built.Bundle}", $"{id}");
        }

        IReadOnlyList<StoredPart> parts;
        try
        {
            parts = BundleBytes.ReadParts(bytes);
        }
        catch (InvalidDataException malformed)
        {
            return new CaseCheck($"{name} content", "a bundle", malformed.Message);
        }

        if (parts.Count != built.Transactions.Count)
        {
            return new CaseCheck($"{name} transactions", $"{built.Transactions.Count}", $"{parts.Count}");
        }

        var reader = new EvmTransactionReader(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        for (int i = 0; i < parts.Count; i++)
        {
            if (Difference(built, built.Transactions[i], parts[i], reader) is var (field, stated, found))
            {
                return new CaseCheck($"{name} transactions[{i}].{field}", stated, found);
            }
        }

        var hashes = built.Transactions.Select(static tx => tx.Hash);
        return simulated is null || hashes.SequenceEqual(simulated.Fact.Transactions)
            ? null
            : new CaseCheck($"{name} simulation", string.Join(' ', hashes), string.Join(' ', simulated.Fact.Transactions));
    }

    private static (string Field, string Stated, string Found)? Difference(LogEvent.BundleBuilt built, in BundleTx tx, StoredPart part, EvmTransactionReader reader)
    {
        if (Keccak256.Hash(part.Raw.Span) is var hash && hash != tx.Hash)
        {
            return ("hash", $"{tx.Hash}", $"{hash}");
        }

        bool isSigned = !tx.IsOwn || built.IsSigned;
        (string Field, string Stated, string Found)[] parts = [("own", $"{tx.IsOwn}", $"{part.IsOwn}"), ("mayRevert", $"{tx.MayRevert}", $"{part.MayRevert}"), ("signed", $"{isSigned}", $"{part.IsSigned}")];
        if (part.IsSigned)
        {
            if (!reader.TryRead(part.Raw.Span, out var read, out _, out var failure))
            {
                return ("raw", "a transaction", $"{failure}");
            }

            parts = [.. parts, ("sender", $"{tx.Sender}", $"{read!.Sender}"), ("nonce", $"{tx.Nonce}", $"{read.Nonce}"), ("maxFeePerGas", $"{tx.MaxFeePerGas.Value}", $"{read.MaxFeePerGas}")];
        }

        return Array.Find(parts, static part => part.Stated != part.Found) is { Field: not null } different ? different : null;
    }

    private static IEnumerable<T> Decode<T>(IEnumerable<LoggedRecord> records, Primitives.Records.EventKind kind)
        where T : LogEvent => records.Where(record => record.View.Kind == kind).Select(static record => LogEvent.Decode(record.View)).OfType<T>();
}
