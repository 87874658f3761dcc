using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Tests;

/// <summary>A derivation that counts facts and derives nothing.</summary>
internal sealed class FactCounter : IDerivation
{
    public const string Rules = "fact-counter/1";

    private ulong _facts;

    public string RuleVersion => Rules;

    public StateDigest Digest()
    {
        Span<byte> entry = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, _facts);
        return StateDigest.OfEntry(entry);
    }

    public void Derive(in Fact fact, IMempoolView pool, DerivedEvents derived) => _facts++;

    public void Save(EntryWriter writer) => writer.Write(_facts);

    public void Restore(ref EntryReader reader) => _facts = reader.ReadUInt64();

    public void AssertInvariants()
    {
    }
}
