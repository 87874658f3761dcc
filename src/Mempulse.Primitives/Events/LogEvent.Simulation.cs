using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>A bundle was simulated on the state of a block. Whoever has the log and the witness can execute it again and gets the same.</summary>
    public sealed record SimCompleted : LogEvent
    {
        /// <summary>Fields of one without steps: they are as they were before there were any.</summary>
        private const int FieldCount = 17;

        /// <summary>Derived from the request and the versions. Stands in the record's keys.</summary>
        public required Hash256 Sim { get; init; }

        /// <summary>The block whose state the bundle found. Stands in the record's keys.</summary>
        public required Hash256 Base { get; init; }

        /// <summary>The opportunity it is for; null for none. Stands in the record's keys.</summary>
        public Hash256? Opportunity { get; init; }

        /// <summary>The base block's height.</summary>
        public required BlockNumber BaseNumber { get; init; }

        /// <summary>How it came out, in one word.</summary>
        public required FailureCategory Category { get; init; }

        /// <summary>The transaction that ended the bundle, from 0; null when none did.</summary>
        public int? FailedIndex { get; init; }

        /// <summary>How it came out, in a sentence.</summary>
        public required string Detail { get; init; }

        /// <summary>Gas of all its transactions.</summary>
        public required Gas GasUsed { get; init; }

        /// <summary>What the coinbase's balance changed by.</summary>
        public required WeiDelta CoinbasePayment { get; init; }

        /// <summary>Whose gains are told.</summary>
        public required Address Account { get; init; }

        /// <summary>What the account's balance changed by.</summary>
        public required WeiDelta Profit { get; init; }

        /// <summary>True when every value it read was proven against the base block's state root.</summary>
        public required bool IsVerified { get; init; }

        /// <summary>Keccak-256 over all logs.</summary>
        public required Hash256 LogsDigest { get; init; }

        /// <summary>Keccak-256 of the trace; its name in the store.</summary>
        public required Hash256 TraceDigest { get; init; }

        /// <summary>Keccak-256 of the witness; its name in the store. Zero when the store did not take it.</summary>
        public required Hash256 WitnessDigest { get; init; }

        /// <summary>Which engine made it.</summary>
        public required int EngineVersion { get; init; }

        /// <summary>Which rules derived it.</summary>
        public required int RulesVersion { get; init; }

        /// <summary>Hashes of the transactions that ran, in order.</summary>
        public required IReadOnlyList<Hash256> Transactions { get; init; }

        /// <summary>Keccak-256 of the trace of its instructions; its name in the store. Null where none was kept.</summary>
        public Hash256? StepsDigest { get; init; }

        /// <inheritdoc/>
        public override EventKind Kind => EventKind.SimCompleted;

        /// <inheritdoc/>
        public override EventKeys Keys
        {
            get
            {
                var keys = KeyOf(EventKey.Sim(Sim)).With(EventKey.Block(Base));
                return Opportunity is { } opportunity ? keys.With(EventKey.Opp(opportunity)) : keys;
            }
        }

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(StepsDigest is null ? FieldCount : FieldCount + 1);
            writer.Write(BaseNumber.Value);
            writer.Write((ulong)Category);
            if (FailedIndex is { } index)
            {
                writer.Write((ulong)index);
            }
            else
            {
                writer.WriteNil();
            }

            writer.Write(Detail);
            writer.Write(GasUsed.Value);
            Write(writer, CoinbasePayment);
            writer.Write(Account);
            Write(writer, Profit);
            writer.Write(IsVerified);
            writer.Write(LogsDigest);
            writer.Write(TraceDigest);
            writer.Write(WitnessDigest);
            writer.Write((ulong)EngineVersion);
            writer.Write((ulong)RulesVersion);
            writer.WriteArrayHeader(Transactions.Count);
            foreach (var hash in Transactions)
            {
                writer.Write(hash);
            }

            if (StepsDigest is { } steps)
            {
                writer.Write(steps);
            }
        }

        internal static SimCompleted Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new SimCompleted
            {
                Sim = record.SimKey,
                Base = record.BlockKey,
                Opportunity = record.TryGetKey(KeyKind.Opp, out var opportunity) ? opportunity.Value : null,
                BaseNumber = new BlockNumber(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                Category = (FailureCategory)ReadCode(ref fields, ref reader),
                FailedIndex = fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : null,
                Detail = (fields.Next(ref reader) ? reader.ReadString() : null) ?? string.Empty,
                GasUsed = new Gas(fields.Next(ref reader) ? reader.ReadUInt64() : 0),
                CoinbasePayment = ReadDelta(ref fields, ref reader),
                Account = fields.Next(ref reader) ? reader.ReadAddress() : default,
                Profit = ReadDelta(ref fields, ref reader),
                IsVerified = fields.Next(ref reader) && reader.ReadBoolean(),
                LogsDigest = fields.Next(ref reader) ? reader.ReadHash() : default,
                TraceDigest = fields.Next(ref reader) ? reader.ReadHash() : default,
                WitnessDigest = fields.Next(ref reader) ? reader.ReadHash() : default,
                EngineVersion = fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0,
                RulesVersion = fields.Next(ref reader) ? (int)reader.ReadUInt64(int.MaxValue) : 0,
                Transactions = fields.Next(ref reader) ? ReadHashes(ref reader) : [],
                StepsDigest = fields.Next(ref reader) ? reader.ReadHash() : null,
            };
            fields.SkipRest(ref reader);
            return read;
        }

        /// <summary>Two fields: the amount, and whether it is a loss.</summary>
        private static void Write(MessagePackWriter writer, WeiDelta delta)
        {
            writer.Write(delta.Amount.Value);
            writer.Write(delta.IsLoss);
        }

        private static WeiDelta ReadDelta(ref FieldReader fields, ref MessagePackReader reader)
        {
            var amount = new Wei(fields.Next(ref reader) ? reader.ReadUInt256() : default);
            return fields.Next(ref reader) && reader.ReadBoolean() ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount);
        }

        private static Hash256[] ReadHashes(ref MessagePackReader reader)
        {
            var hashes = new Hash256[reader.ReadArrayHeader()];
            for (int i = 0; i < hashes.Length; i++)
            {
                hashes[i] = reader.ReadHash();
            }

            return hashes;
        }
    }

    /// <summary>The block that a simulation stands on left the canonical chain, or came back into it.</summary>
    /// <param name="Sim">The simulation. Stands in the record's keys.</param>
    /// <param name="Base">Its base block. Stands in the record's keys.</param>
    /// <param name="To">Where the block stands now.</param>
    public sealed record SimBaseMoved(Hash256 Sim, Hash256 Base, SimBaseStanding To) : LogEvent
    {
        /// <inheritdoc/>
        public override EventKind Kind => EventKind.SimBaseMoved;

        /// <inheritdoc/>
        public override EventKeys Keys => KeyOf(EventKey.Sim(Sim)).With(EventKey.Block(Base));

        /// <inheritdoc/>
        public override void WritePayload(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(1);
            writer.Write((ulong)To);
        }

        internal static SimBaseMoved Read(in RecordView record, ref MessagePackReader reader)
        {
            var fields = new FieldReader(ref reader);
            var read = new SimBaseMoved(record.SimKey, record.BlockKey, (SimBaseStanding)ReadCode(ref fields, ref reader));
            fields.SkipRest(ref reader);
            return read;
        }
    }
}
