using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A bundle was assembled, simulated on the head, and signed if there is a key. Its bytes are private: the record names them by their hash.</summary>
    public sealed record BundleBuilt : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)80;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BundleBuilt), Read);

        /// <summary>Keccak-256 of its bytes, target and strategy version. A key of the record.</summary>
        public required Hash256 Bundle { get; init; }

        /// <summary>The head on whose state it was simulated. A key of the record.</summary>
        public required Hash256 Base { get; init; }

        /// <summary>The simulation that states its profit. A key of the record.</summary>
        public required Hash256 Sim { get; init; }

        /// <summary>Its opportunities, best first. The first one is a key of the record.</summary>
        public required IReadOnlyList<Hash256> Opportunities { get; init; }

        /// <summary>The head's height.</summary>
        public required BlockNumber BaseNumber { get; init; }

        /// <summary>The only block that it is for.</summary>
        public required BlockNumber Target { get; init; }

        /// <summary>The strategy of its first opportunity.</summary>
        public required string Strategy { get; init; }

        /// <summary>That strategy's version.</summary>
        public required int StrategyVersion { get; init; }

        /// <summary>Keccak-256 of its bytes; their name in the store.</summary>
        public required Hash256 Content { get; init; }

        /// <summary>The account that signs and acts.</summary>
        public required Address Operator { get; init; }

        /// <summary>The account whose profit is stated: the executor contract.</summary>
        public required Address Account { get; init; }

        /// <summary>Its transactions, in order.</summary>
        public required IReadOnlyList<BundleTx> Transactions { get; init; }

        /// <summary>Gas limits of all its transactions together.</summary>
        public required Gas GasLimit { get; init; }

        /// <summary>The highest base fee that the target block can have.</summary>
        public required Wei BaseFee { get; init; }

        /// <summary>What its own transactions pay the block's fee recipient for a unit of gas.</summary>
        public required Wei Tip { get; init; }

        /// <summary>What the executor pays the block's fee recipient on top.</summary>
        public required Wei Payment { get; init; }

        /// <summary>The policy that set the payment, with its version and numbers, such as "share/1 9000 bps".</summary>
        public required string PaymentPolicy { get; init; }

        /// <summary>What the account gains of <see cref="Token"/> by the simulation, after the payment and before the operator's gas.</summary>
        public required WeiDelta Profit { get; init; }

        /// <summary>The name under which relays replace and cancel it: a UUID of lower-case hex digits with hyphens.</summary>
        public required string Uuid { get; init; }

        /// <summary>Its place among the bundles with that UUID, from 1.</summary>
        public required ulong Sequence { get; init; }

        /// <summary>The bundle with the same UUID before it; null for the first.</summary>
        public Hash256? Replaces { get; init; }

        /// <summary>True if its own transactions carry the operator's signature; false without a key.</summary>
        public required bool IsSigned { get; init; }

        /// <summary>True if it is not going to be sent.</summary>
        public required bool IsDryRun { get; init; }

        /// <summary>The token that the profit is counted in: wrapped ether.</summary>
        public required Address Token { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => Opportunities.Count > 0
            ? EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(Base), EventKey.Sim(Sim), EventKey.Opp(Opportunities[0]))
            : EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(Base), EventKey.Sim(Sim));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("baseNumber", BaseNumber.Value);
            fields.Number("target", Target.Value);
            fields.BeginList("opportunities", Opportunities.Count);
            foreach (var opportunity in Opportunities)
            {
                fields.Item(opportunity);
            }

            fields.EndList();
            fields.Text("strategy", Strategy);
            fields.Number("strategyVersion", (ulong)StrategyVersion);
            fields.Hash("content", Content);
            fields.Address("operator", Operator);
            fields.Address("account", Account);
            fields.BeginList("transactions", Transactions.Count);
            foreach (var transaction in Transactions)
            {
                fields.Item(transaction);
            }

            fields.EndList();
            fields.Number("gasLimit", GasLimit.Value);
            fields.Amount("baseFee", BaseFee.Value);
            fields.Amount("tip", Tip.Value);
            fields.Amount("payment", Payment.Value);
            fields.Text("paymentPolicy", PaymentPolicy);
            fields.Delta("profit", Profit);
            fields.Text("uuid", Uuid);
            fields.Number("sequence", Sequence);
            fields.NullableHash("replaces", Replaces);
            fields.Flag("signed", IsSigned);
            fields.Flag("dryRun", IsDryRun);
            fields.Address("token", Token);
        }

        private static BundleBuilt Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Bundle = record.BundleKey,
            Base = record.BlockKey,
            Sim = record.SimKey,
            BaseNumber = new BlockNumber(fields.Number()),
            Target = new BlockNumber(fields.Number()),
            Opportunities = ReadOpportunities(record, fields.Hashes()),
            Strategy = fields.Text(),
            StrategyVersion = fields.Count(),
            Content = fields.Hash(),
            Operator = fields.Address(),
            Account = fields.Address(),
            Transactions = fields.List(BundleTx.Read),
            GasLimit = new Gas(fields.Number()),
            BaseFee = new Wei(fields.Amount()),
            Tip = new Wei(fields.Amount()),
            Payment = new Wei(fields.Amount()),
            PaymentPolicy = fields.Text(),
            Profit = fields.Delta(),
            Uuid = fields.Text(),
            Sequence = fields.Number(),
            Replaces = fields.NullableHash(),
            IsSigned = fields.Flag(),
            IsDryRun = fields.Flag(),
            Token = fields.Address(),
        };

        // A payload without the list still has the first opportunity as the record's key.
        private static Hash256[] ReadOpportunities(in RecordView record, Hash256[] listed) =>
            listed.Length == 0 && record.TryGetKey(KeyKind.Opp, out var first) ? [first.Value] : listed;
    }
}
