using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>The instruction table of a fork.</summary>
internal sealed class InstructionSet
{
    /// <summary>Builds the table for <paramref name="rules"/>.</summary>
    public InstructionSet(ForkRules rules)
    {
        var builder = new Builder(rules);
        Arithmetic.Register(builder);
        Bitwise.Register(builder);
        Hashing.Register(builder);
        Environment.Register(builder);
        AccountAccess.Register(builder);
        BlockInformation.Register(builder);
        MemoryAccess.Register(builder);
        StorageAccess.Register(builder);
        ControlFlow.Register(builder);
        Stack.Register(builder);
        Logging.Register(builder);
        Calls.Register(builder);
        Creation.Register(builder);
        Halting.Register(builder);
        Table = builder.Table;
    }

    /// <summary>Placeholder for instructions that <see cref="Execution.InterpreterLoop"/> runs inline, using only stack bounds and gas of the row.</summary>
    public static unsafe delegate*<ref Machine, Status> InLoop => &Halting.Invalid;

    /// <summary>One row per opcode; an opcode that the fork does not define halts.</summary>
    public Instruction[] Table { get; }

    /// <summary>Builds the rows.</summary>
    internal sealed unsafe class Builder
    {
        private const int Codes = 256;

        public Builder(ForkRules rules)
        {
            Rules = rules;
            Table = new Instruction[Codes];
            for (int code = 0; code < Codes; code++)
            {
                Add((byte)code, &Halting.Invalid, 0, 0, 0);
            }
        }

        public ForkRules Rules { get; }

        public Instruction[] Table { get; }

        public void Add(byte code, delegate*<ref Machine, Status> run, int pops, int pushes, long gas) =>
            AddWithGrowth(code, run, pops, pushes - pops, gas);

        public void AddFrom(Fork fork, byte code, delegate*<ref Machine, Status> run, int pops, int pushes, long gas)
        {
            if (Rules.Has(fork))
            {
                Add(code, run, pops, pushes, gas);
            }
        }

        /// <summary>Adds an instruction by minimum stack size and growth, for DUP and SWAP, which reach deeper than they pop.</summary>
        public void AddWithGrowth(byte code, delegate*<ref Machine, Status> run, int minWords, int growth, long gas) => Table[code] = new Instruction
        {
            Run = run,
            MinWords = (short)minWords,
            ExtraWords = (short)(FrontierGas.MaxStackWords - Math.Max(growth, 0) - minWords),
            Gas = (int)gas,
        };
    }
}
