using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>What became of a bundle, by the evidence in the log. A later one replaces it: a reorg or more evidence decides again.</summary>
    public sealed record BundleOutcome : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)89;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(BundleOutcome), Read);

        /// <summary>The bundle. A key of the record.</summary>
        public required Hash256 Bundle { get; init; }

        /// <summary>The block that decided; null for none. A key of the record.</summary>
        public Hash256? Block { get; init; }

        /// <summary>The transaction that took its place or used its nonce; null for none. A key of the record.</summary>
        public Hash256? By { get; init; }

        /// <summary>The verdict.</summary>
        public required BundleVerdict Verdict { get; init; }

        /// <summary>How far it can be relied on.</summary>
        public required EvidenceStrength Strength { get; init; }

        /// <summary>What would decide it, or make it stronger.</summary>
        public required OutcomeNeed Need { get; init; }

        /// <summary>The height of the target block.</summary>
        public required BlockNumber Number { get; init; }

        /// <summary>The place of its first transaction in the block; null where the block has none of it.</summary>
        public int? Index { get; init; }

        /// <summary>What it was to gain.</summary>
        public required WeiDelta Simulated { get; init; }

        /// <summary>True if what it gained is known.</summary>
        public bool IsRealisedKnown { get; init; }

        /// <summary>What it gained; zero where that is not known.</summary>
        public WeiDelta Realised { get; init; }

        /// <summary>The relay that refused it; empty for none or several.</summary>
        public string Relay { get; init; } = string.Empty;

        /// <summary>The records that it rests on, rising; at most 96.</summary>
        public required IReadOnlyList<EvidenceRecord> Evidence { get; init; }

        /// <summary>The version that judged it, such as "outcomes/1".</summary>
        public required string Rules { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => (Block, By) switch
        {
            ({ } block, { } by) => EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(block), EventKey.Tx(by)),
            ({ } block, null) => EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(block)),
            (null, { } by) => EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Tx(by)),
            _ => EventKeys.Of(EventKey.Bundle(Bundle)),
        };

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("verdict", Verdict);
            fields.Code("strength", Strength);
            fields.Code("need", Need);
            fields.Number("number", Number.Value);
            fields.NullableNumber("index", (ulong?)Index);
            fields.Delta("simulated", Simulated);
            fields.Flag("realisedKnown", IsRealisedKnown);
            fields.Delta("realised", Realised);
            fields.Text("relay", Relay);
            fields.BeginList("evidence", Evidence.Count);
            foreach (var record in Evidence)
            {
                fields.Item(record);
            }

            fields.EndList();
            fields.Text("rules", Rules);
        }

        private static BundleOutcome Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Bundle = record.BundleKey,
            Block = record.TryGetKey(KeyKind.Block, out var block) ? block.Value : null,
            By = record.TryGetKey(KeyKind.Tx, out var by) ? by.Value : null,
            Verdict = (BundleVerdict)fields.Code(),
            Strength = (EvidenceStrength)fields.Code(),
            Need = (OutcomeNeed)fields.Code(),
            Number = new BlockNumber(fields.Number()),
            Index = fields.NullableCount(),
            Simulated = fields.Delta(),
            IsRealisedKnown = fields.Flag(),
            Realised = fields.Delta(),
            Relay = fields.Text(),
            Evidence = fields.List(EvidenceRecord.Read),
            Rules = fields.Text(),
        };
    }
}
