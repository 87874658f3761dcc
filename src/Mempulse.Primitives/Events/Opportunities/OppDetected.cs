using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A strategy found an opportunity in a pending transaction.</summary>
    public sealed record OppDetected : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)49;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(OppDetected), Read);

        /// <summary>Derived from the strategy, the trigger, the base, the legs and what runs before the trigger. A key of the record.</summary>
        public required Hash256 Opp { get; init; }

        /// <summary>The pending transaction. A key of the record.</summary>
        public required Hash256 Trigger { get; init; }

        /// <summary>The block on whose state it was computed. A key of the record.</summary>
        public required Hash256 Base { get; init; }

        /// <summary>The base block's height.</summary>
        public required BlockNumber BaseNumber { get; init; }

        /// <summary>The strategy, such as "backrun-arbitrage".</summary>
        public required string Strategy { get; init; }

        /// <summary>The strategy's version.</summary>
        public required int StrategyVersion { get; init; }

        /// <summary>Keccak-256 of the registry that the trigger was decoded with.</summary>
        public required Hash256 Registry { get; init; }

        /// <summary>What it is for.</summary>
        public required OppPurpose Purpose { get; init; }

        /// <summary>The extractor of the features that it was scored by, with its version, such as "mempool/1".</summary>
        public required string Extractor { get; init; }

        /// <summary>The scorer, with its version, such as "expected-value/1". It says what the parts of the score mean.</summary>
        public required string Scorer { get; init; }

        /// <summary>How much is lost by waiting: a part of the score.</summary>
        public required long Urgency { get; init; }

        /// <summary>What is to be gained at most: a part of the score.</summary>
        public required long Worth { get; init; }

        /// <summary>How likely it comes to nothing: a part of the score.</summary>
        public required long Risk { get; init; }

        /// <summary>The score by which it ranks.</summary>
        public required long Score { get; init; }

        /// <summary>What it gains at most before gas, or what the trigger may lose, in wei at the prices of the pools.</summary>
        public required Wei Value { get; init; }

        /// <summary>The token of <see cref="Input"/> and <see cref="Profit"/>.</summary>
        public required Address Token { get; init; }

        /// <summary>What goes in.</summary>
        public required UInt256 Input { get; init; }

        /// <summary>What is gained, or lost by the trigger.</summary>
        public required UInt256 Profit { get; init; }

        /// <summary>True if no input gains more: the search was exhaustive.</summary>
        public required bool IsExact { get; init; }

        /// <summary>For advice, the minimum with which the swap is safe; zero for others and where no other is needed.</summary>
        public UInt256 SaferMinimum { get; init; }

        /// <summary>True if it was handed on to simulation when it was detected.</summary>
        public required bool IsHandedOn { get; init; }

        /// <summary>How many opportunities of the same head ranked above it when it was detected.</summary>
        public required int RankedBelow { get; init; }

        /// <summary>Its exchanges, in order, after the trigger.</summary>
        public required IReadOnlyList<OppLeg> Legs { get; init; }

        /// <summary>Transactions of the trigger's sender that run between the base and the trigger, in order: those with lower nonces, as far as they are recorded.</summary>
        public IReadOnlyList<Hash256> Before { get; init; } = [];

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Tx(Trigger), EventKey.Block(Base), EventKey.Opp(Opp));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("baseNumber", BaseNumber.Value);
            fields.Text("strategy", Strategy);
            fields.Number("strategyVersion", (ulong)StrategyVersion);
            fields.Hash("registry", Registry);
            fields.Code("purpose", Purpose);
            fields.Text("extractor", Extractor);
            fields.Text("scorer", Scorer);
            fields.Delta("urgency", Points(Urgency));
            fields.Delta("worth", Points(Worth));
            fields.Delta("risk", Points(Risk));
            fields.Delta("score", Points(Score));
            fields.Amount("value", Value.Value);
            fields.Address("token", Token);
            fields.Amount("input", Input);
            fields.Amount("profit", Profit);
            fields.Flag("exact", IsExact);
            fields.Amount("saferMinimum", SaferMinimum);
            fields.Flag("handedOn", IsHandedOn);
            fields.Number("rankedBelow", (ulong)RankedBelow);
            fields.BeginList("legs", Legs.Count);
            foreach (var leg in Legs)
            {
                fields.Item(leg);
            }

            fields.EndList();
            fields.TrailingHashes("before", Before);
        }

        private static OppDetected Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Opp = record.OppKey,
            Trigger = record.TxKey,
            Base = record.BlockKey,
            BaseNumber = new BlockNumber(fields.Number()),
            Strategy = fields.Text(),
            StrategyVersion = fields.Count(),
            Registry = fields.Hash(),
            Purpose = (OppPurpose)fields.Code(),
            Extractor = fields.Text(),
            Scorer = fields.Text(),
            Urgency = Points(fields.Delta()),
            Worth = Points(fields.Delta()),
            Risk = Points(fields.Delta()),
            Score = Points(fields.Delta()),
            Value = new Wei(fields.Amount()),
            Token = fields.Address(),
            Input = fields.Amount(),
            Profit = fields.Amount(),
            IsExact = fields.Flag(),
            SaferMinimum = fields.Amount(),
            IsHandedOn = fields.Flag(),
            RankedBelow = fields.Count(),
            Legs = fields.List(OppLeg.Read),
            Before = fields.Hashes(),
        };

        /// <summary>A part of a score in the form of amounts with a sign.</summary>
        private static WeiDelta Points(long points) => points < 0 ? WeiDelta.Loss(new Wei((ulong)-(points + 1) + 1)) : WeiDelta.Gain(new Wei((ulong)points));

        private static long Points(WeiDelta delta)
        {
            var amount = delta.Amount.Value;
            if (!amount.FitsUInt64 || amount.LowUInt64 > (ulong)long.MaxValue + (delta.IsLoss ? 1UL : 0))
            {
                throw new EventDecodeException($"{delta} is not a valid part of a score: expected a number of 64 bits with a sign.");
            }

            return delta.IsLoss ? -(long)(amount.LowUInt64 - 1) - 1 : (long)amount.LowUInt64;
        }
    }
}
