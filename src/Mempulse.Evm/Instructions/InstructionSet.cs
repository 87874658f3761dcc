using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>The 256 instructions of a fork.</summary>
internal sealed class InstructionSet
{
    /// <summary>The table for <paramref name="rules"/>.</summary>
    public InstructionSet(ForkRules rules)
    {
        var builder = new Builder(rules);
        Arithmetic.Register(builder);
        Bitwise.Register(builder);
        Hashing.Register(builder);
        Surroundings.Register(builder);
        ExternalAccounts.Register(builder);
        BlockData.Register(builder);
        MemoryAccess.Register(builder);
        StorageAccess.Register(builder);
        ControlFlow.Register(builder);
        StackMoves.Register(builder);
        Logging.Register(builder);
        Calls.Register(builder);
        Creations.Register(builder);
        Endings.Register(builder);
        Table = builder.Table;
    }

    /// <summary>What a row runs whose instruction runs in <see cref="Execution.InterpreterLoop"/>: the loop reads no more of it than words and gas.</summary>
    public static unsafe delegate*<ref Machine, Status> InLoop => &Endings.Invalid;

    /// <summary>One row per code; those that the fork does not have halt.</summary>
    public Instruction[] Table { get; }

    /// <summary>Collects the rows.</summary>
    internal sealed unsafe class Builder
    {
        private const int Codes = 256;

        public Builder(ForkRules rules)
        {
            Rules = rules;
            Table = new Instruction[Codes];
            for (int code = 0; code < Codes; code++)
            {
                Add((byte)code, &Endings.Invalid, 0, 0, 0);
            }
        }

        public ForkRules Rules { get; }

        public Instruction[] Table { get; }

        public void Add(byte code, delegate*<ref Machine, Status> run, int takes, int gives, long gas) =>
            AddReaching(code, run, takes, gives - takes, gas);

        public void AddFrom(Fork fork, byte code, delegate*<ref Machine, Status> run, int takes, int gives, long gas)
        {
            if (Rules.Has(fork))
            {
                Add(code, run, takes, gives, gas);
            }
        }

        /// <summary>For instructions that look deeper than they take.</summary>
        public void AddReaching(byte code, delegate*<ref Machine, Status> run, int leastWords, int growth, long gas) => Table[code] = new Instruction
        {
            Run = run,
            LeastWords = (short)leastWords,
            WordRange = (short)(FrontierGas.MaxStackWords - Math.Max(growth, 0) - leastWords),
            Gas = (int)gas,
        };
    }
}
