using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

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
        Table = [.. builder.Table];
        FusedGroups.Register(builder);
        Fused = builder.Table;
    }

    /// <summary>One row per opcode; an opcode that the fork does not define halts.</summary>
    public Instruction[] Table { get; }

    /// <summary>The table for code with groups of instructions, which have a row each.</summary>
    public Instruction[] Fused { get; }

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
            AddRow(code, run, pops, pushes - pops, gas);

        public void AddFrom(Fork fork, byte code, delegate*<ref Machine, Status> run, int pops, int pushes, long gas)
        {
            if (Rules.Has(fork))
            {
                Add(code, run, pops, pushes, gas);
            }
        }

        /// <summary>Adds an instruction that only the loop executes.</summary>
        public void AddInline(byte code, InlineCode inline, int pops, int pushes, long gas)
        {
            Add(code, &Halting.Invalid, pops, pushes, gas);
            Inline(code, inline, 0);
        }

        public void AddInlineFrom(Fork fork, byte code, InlineCode inline, int pops, int pushes, long gas)
        {
            if (Rules.Has(fork))
            {
                AddInline(code, inline, pops, pushes, gas);
            }
        }

        /// <summary>Adds a DUP or SWAP that reaches down to the word <paramref name="operand"/>, and so needs that many, and that grows the stack.</summary>
        public void AddReaching(byte code, InlineCode inline, int operand, int growth, long gas)
        {
            AddRow(code, &Halting.Invalid, operand, growth, gas);
            Inline(code, inline, operand);
        }

        /// <summary>Adds a group by the words it needs, the words by which the stack grows at most within it, and the gas of all instructions.</summary>
        public void AddGroup(byte code, InlineCode inline, int minWords, int growth, long gas)
        {
            AddRow(code, &Halting.Invalid, minWords, growth, gas);
            Inline(code, inline, 0);
        }

        /// <summary>Makes the loop execute an instruction inline.</summary>
        public void Inline(byte code, InlineCode inline, int operand)
        {
            Table[code].Inline = inline;
            Table[code].Operand = (byte)operand;
        }

        private void AddRow(byte code, delegate*<ref Machine, Status> run, int minWords, int growth, long gas) => Table[code] = new Instruction
        {
            Run = run,
            MinBytes = (ushort)(minWords * UInt256.Size),
            ExtraBytes = (ushort)((FrontierGas.MaxStackWords - Math.Max(growth, 0) - minWords) * UInt256.Size),
            Gas = (ushort)gas,
        };
    }
}
