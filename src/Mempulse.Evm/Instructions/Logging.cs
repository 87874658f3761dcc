using System.Runtime.CompilerServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Logging operations: LOG0 to LOG4, 0xa0 to 0xa4.</summary>
internal static class Logging
{
    private const byte Log0Code = 0xa0;
    private const int MaxTopics = 4;

    public static Status Log(ref Machine m)
    {
        int topicCount = Unsafe.Add(ref m.Code, m.Pc - 1) - Log0Code;
        ref var offset = ref m.Pop();
        ref var size = ref m.Pop();
        if (m.Frame.IsStatic)
        {
            return Status.StaticViolation;
        }

        if (!m.TryExpand(offset, size, out int at, out int length) || !m.TryCharge(length * FrontierGas.LogByte))
        {
            return Status.OutOfGas;
        }

        m.State.Log(new LogEntry(m.Frame.Self.Address, PopTopics(ref m, topicCount), m.Slice(at, length).ToArray()));
        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        for (int topics = 0; topics <= MaxTopics; topics++)
        {
            set.Add((byte)(Log0Code + topics), &Log, topics + 2, 0, FrontierGas.Log + (topics * FrontierGas.LogTopic));
        }
    }

    private static Hash256[] PopTopics(ref Machine m, int count)
    {
        var topics = count == 0 ? [] : new Hash256[count];
        for (int i = 0; i < count; i++)
        {
            topics[i] = AddressWord.ToHash(m.Pop());
        }

        return topics;
    }
}
