using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A block that does not have a bundle was executed again with the bundle at several places, to find what took its place.</summary>
    public sealed record CompetitionExamined : LogEvent
    {
        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)88;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(CompetitionExamined), Read);

        /// <summary>The bundle. A key of the record.</summary>
        public required Hash256 Bundle { get; init; }

        /// <summary>The block. A key of the record.</summary>
        public required Hash256 Block { get; init; }

        /// <summary>What the execution showed.</summary>
        public required CompetitionFinding Finding { get; init; }

        /// <summary>The transaction that makes the difference; null for none. A key of the record.</summary>
        public Hash256? Competitor { get; init; }

        /// <summary>Its place in the block; null for none.</summary>
        public int? CompetitorIndex { get; init; }

        /// <summary>How many executions it took.</summary>
        public required int Executions { get; init; }

        /// <summary>True when every value that was read is proven, and the prefix agrees with the block's receipts.</summary>
        public required bool IsVerified { get; init; }

        /// <summary>What the bundle gains right before the competitor; at the end of the block if it pays there; or else at its start.</summary>
        public required WeiDelta ProfitBefore { get; init; }

        /// <summary>Slots that the competitor writes and the bundle reads, with the value that the competitor leaves; at most 64.</summary>
        public required IReadOnlyList<ContractSlot> Conflicts { get; init; }

        /// <summary>Keccak-256 of the witness; its name in the store. Zero when the store did not take it.</summary>
        public required Hash256 WitnessDigest { get; init; }

        /// <summary>The version of the engine that executed it.</summary>
        public required int EngineVersion { get; init; }

        /// <summary>The finding in a sentence.</summary>
        public required string Detail { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => Competitor is { } competitor
            ? EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(Block), EventKey.Tx(competitor))
            : EventKeys.Of(EventKey.Bundle(Bundle), EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Code("finding", Finding);
            fields.NullableNumber("competitorIndex", (ulong?)CompetitorIndex);
            fields.Number("executions", (ulong)Executions);
            fields.Flag("verified", IsVerified);
            fields.Delta("profitBefore", ProfitBefore);
            fields.BeginList("conflicts", Conflicts.Count);
            foreach (var conflict in Conflicts)
            {
                fields.Item(conflict);
            }
            
            fields.EndList();
            fields.Hash("witnessDigest", WitnessDigest);
            fields.Number("engineVersion", (ulong)EngineVersion);
            fields.Text("detail", Detail);
        }

        private static CompetitionExamined Read(in RecordView record, ref PayloadReader fields) => new()
        {
            Bundle = record.BundleKey,
            Block = record.BlockKey,
            Competitor = record.TryGetKey(KeyKind.Tx, out var competitor) ? competitor.Value : null,
            Finding = (CompetitionFinding)fields.Code(),
            CompetitorIndex = fields.NullableCount(),
            Executions = fields.Count(),
            IsVerified = fields.Flag(),
            ProfitBefore = fields.Delta(),
            Conflicts = fields.List(ContractSlot.Read),
            WitnessDigest = fields.Hash(),
            EngineVersion = fields.Count(),
            Detail = fields.Text(),
        };
    }
}
