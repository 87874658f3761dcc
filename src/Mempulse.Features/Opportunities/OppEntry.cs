using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Opportunities;

/// <summary>An opportunity, from its detection until its base is final.</summary>
internal sealed class OppEntry(LogEvent.OppDetected detected) : StateEntry, IKeyed<Hash256>, IListed
{
    public const byte EntryTag = 0x41;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key => Detected.Opp;

    /// <summary>What was detected.</summary>
    public LogEvent.OppDetected Detected { get; } = detected;

    /// <summary>Why it no longer holds; None while it does.</summary>
    public OppEnd End { get; set; }

    /// <summary>The block or transaction that ended it; zero if it is not known, or while it holds.</summary>
    public Hash256 By { get; set; }

    /// <summary>It was handed on to simulation.</summary>
    public bool IsHandedOn { get; set; }

    /// <summary>Why it cannot be simulated.</summary>
    public OppObstacle Obstacle { get; set; }

    /// <summary>What its last simulation gave.</summary>
    public OppSimulation? Simulation { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    public bool IsOpen => End == OppEnd.None;

    public Opportunity ToView() => new(
        Detected,
        End switch
        {
            OppEnd.None => OppStatus.Open,
            OppEnd.TriggerExpired or OppEnd.TooOld => OppStatus.Expired,
            _ => OppStatus.Invalidated,
        },
        End,
        By.IsZero ? null : By,
        IsHandedOn,
        Obstacle,
        Simulation);

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Detected.Opp);
        writer.Write(Detected.Trigger);
        writer.Write(Detected.Base);
        writer.Write(Detected.BaseNumber.Value);
        writer.Write(Detected.Strategy);
        writer.WriteCount(Detected.StrategyVersion);
        writer.Write(Detected.Registry);
        writer.Write((byte)Detected.Purpose);
        writer.Write(Detected.Extractor);
        writer.Write(Detected.Scorer);
        writer.Write(Detected.Urgency);
        writer.Write(Detected.Worth);
        writer.Write(Detected.Risk);
        writer.Write(Detected.Score);
        writer.Write(Detected.Value.Value);
        writer.Write(Detected.Token);
        writer.Write(Detected.Input);
        writer.Write(Detected.Profit);
        writer.Write(Detected.IsExact);
        writer.Write(Detected.SaferMinimum);
        writer.Write(Detected.IsHandedOn);
        writer.WriteCount(Detected.RankedBelow);
        OppId.Write(writer, Detected.Legs);
        Write(writer, Detected.Before);
        writer.Write((byte)End);
        writer.Write(By);
        writer.Write(IsHandedOn);
        writer.Write((byte)Obstacle);
        writer.Write(ListOrdinal);
        writer.Write(Simulation is not null);
        if (Simulation is { } simulation)
        {
            writer.Write(simulation.Sim);
            writer.Write((byte)simulation.Category);
            writer.Write(simulation.Profit.IsLoss);
            writer.Write(simulation.Profit.Amount.Value);
            writer.Write(simulation.GasUsed.Value);
            writer.Write(simulation.IsVerified);
        }
    }

    public static OppEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        return new OppEntry(new LogEvent.OppDetected
        {
            Opp = reader.ReadHash(),
            Trigger = reader.ReadHash(),
            Base = reader.ReadHash(),
            BaseNumber = new BlockNumber(reader.ReadUInt64()),
            Strategy = reader.ReadString(),
            StrategyVersion = reader.ReadInt32(),
            Registry = reader.ReadHash(),
            Purpose = reader.ReadEnum(OppPurpose.Liquidation),
            Extractor = reader.ReadString(),
            Scorer = reader.ReadString(),
            Urgency = reader.ReadInt64(),
            Worth = reader.ReadInt64(),
            Risk = reader.ReadInt64(),
            Score = reader.ReadInt64(),
            Value = new Wei(reader.ReadUInt256()),
            Token = reader.ReadAddress(),
            Input = reader.ReadUInt256(),
            Profit = reader.ReadUInt256(),
            IsExact = reader.ReadBoolean(),
            SaferMinimum = reader.ReadUInt256(),
            IsHandedOn = reader.ReadBoolean(),
            RankedBelow = reader.ReadInt32(),
            Legs = ReadLegs(ref reader),
            Before = ReadHashes(ref reader),
        })
        {
            End = reader.ReadEnum(OppEnd.Overtaken),
            By = reader.ReadHash(),
            IsHandedOn = reader.ReadBoolean(),
            Obstacle = reader.ReadEnum(OppObstacle.TooManyBefore),
            ListOrdinal = reader.ReadUInt64(),
            Simulation = reader.ReadBoolean() ? ReadSimulation(ref reader) : null,
        };
    }

    private static OppSimulation ReadSimulation(ref EntryReader reader)
    {
        var (sim, category, isLoss) = (reader.ReadHash(), reader.ReadEnum(FailureCategory.Limit), reader.ReadBoolean());
        var amount = new Wei(reader.ReadUInt256());
        return new OppSimulation(sim, category, isLoss ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount), new Gas(reader.ReadUInt64()), reader.ReadBoolean());
    }

    private static void Write(EntryWriter writer, IReadOnlyList<Hash256> hashes)
    {
        writer.WriteCount(hashes.Count);
        foreach (var hash in hashes)
        {
            writer.Write(hash);
        }
    }

    private static Hash256[] ReadHashes(ref EntryReader reader)
    {
        var hashes = new Hash256[reader.ReadCount()];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = reader.ReadHash();
        }

        return hashes;
    }

    private static OppLeg[] ReadLegs(ref EntryReader reader)
    {
        var legs = new OppLeg[reader.ReadCount()];
        for (int i = 0; i < legs.Length; i++)
        {
            legs[i] = new OppLeg(reader.ReadAddress(), reader.ReadHash(), reader.ReadAddress(), reader.ReadAddress(), reader.ReadUInt256(), reader.ReadUInt256());
        }

        return legs;
    }
}
