using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A bundle was simulated on the state of a block. Rerunning it from the log and the witness gives the same result.</summary>
    public sealed record SimCompleted : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)65;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(SimCompleted), Read);

        /// <summary>Derived from the request and the versions. A key of the record.</summary>
        public required Hash256 Sim { get; init; }

        /// <summary>The block whose state the bundle ran on. A key of the record.</summary>
        public required Hash256 Base { get; init; }

        /// <summary>The opportunity it is for; null for none. A key of the record.</summary>
        public Hash256? Opportunity { get; init; }

        /// <summary>The base block's height.</summary>
        public required BlockNumber BaseNumber { get; init; }

        /// <summary>The outcome in one word.</summary>
        public required FailureCategory Category { get; init; }

        /// <summary>The transaction that ended the bundle, from 0; null when none did.</summary>
        public int? FailedIndex { get; init; }

        /// <summary>The outcome in a sentence.</summary>
        public required string Detail { get; init; }

        /// <summary>Gas of all its transactions.</summary>
        public required Gas GasUsed { get; init; }

        /// <summary>The change of the coinbase's balance.</summary>
        public required WeiDelta CoinbasePayment { get; init; }

        /// <summary>The account whose profit is stated.</summary>
        public required Address Account { get; init; }

        /// <summary>The change of that account's balance.</summary>
        public required WeiDelta Profit { get; init; }

        /// <summary>True when every value it read was proven against the base block's state root.</summary>
        public required bool IsVerified { get; init; }

        /// <summary>Keccak-256 over all logs.</summary>
        public required Hash256 LogsDigest { get; init; }

        /// <summary>Keccak-256 of the trace; its name in the store.</summary>
        public required Hash256 TraceDigest { get; init; }

        /// <summary>Keccak-256 of the witness; its name in the store. Zero when the store did not take it.</summary>
        public required Hash256 WitnessDigest { get; init; }

        /// <summary>The version of the engine that executed it.</summary>
        public required int EngineVersion { get; init; }

        /// <summary>The version of the rules that derived it.</summary>
        public required int RulesVersion { get; init; }

        /// <summary>Hashes of the transactions that ran, in order.</summary>
        public required IReadOnlyList<Hash256> Transactions { get; init; }

        /// <summary>Keccak-256 of its steps; their name in the store. Null when none were kept.</summary>
        public Hash256? StepsDigest { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => Opportunity is { } opportunity
            ? EventKeys.Of(EventKey.Sim(Sim), EventKey.Block(Base), EventKey.Opp(opportunity))
            : EventKeys.Of(EventKey.Sim(Sim), EventKey.Block(Base));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("baseNumber", BaseNumber.Value);
            fields.Code("outcome", Category);
            fields.NullableNumber("failedIndex", (ulong?)FailedIndex);
            fields.Text("detail", Detail);
            fields.Number("gasUsed", GasUsed.Value);
            fields.Delta("coinbasePayment", CoinbasePayment);
            fields.Address("account", Account);
            fields.Delta("profit", Profit);
            fields.Flag("verified", IsVerified);
            fields.Hash("logsDigest", LogsDigest);
            fields.Hash("traceDigest", TraceDigest);
            fields.Hash("witnessDigest", WitnessDigest);
            fields.Number("engineVersion", (ulong)EngineVersion);
            fields.Number("rulesVersion", (ulong)RulesVersion);
            fields.BeginList("transactions", Transactions.Count);
            foreach (var hash in Transactions)
            {
                fields.Item(hash);
            }

            fields.EndList();
            fields.TrailingHash("stepsDigest", StepsDigest);
        }

        private static SimCompleted Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Sim = record.SimKey,
            Base = record.BlockKey,
            Opportunity = record.TryGetKey(KeyKind.Opp, out var opportunity) ? opportunity.Value : null,
            BaseNumber = new BlockNumber(fields.Number()),
            Category = (FailureCategory)fields.Code(),
            FailedIndex = fields.NullableCount(),
            Detail = fields.Text(),
            GasUsed = new Gas(fields.Number()),
            CoinbasePayment = fields.Delta(),
            Account = fields.Address(),
            Profit = fields.Delta(),
            IsVerified = fields.Flag(),
            LogsDigest = fields.Hash(),
            TraceDigest = fields.Hash(),
            WitnessDigest = fields.Hash(),
            EngineVersion = fields.Count(),
            RulesVersion = fields.Count(),
            Transactions = fields.Hashes(),
            StepsDigest = fields.NullableHash(),
        };
    }
}
