using Mempulse.Evm.Bytecode;
using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Instructions;

/// <summary>The groups of instructions that the loop executes in one step (<see cref="FusedCode"/>).</summary>
/// <remarks>A group that reaches to a depth by its operand is checked for that by the loop. A jump that is taken pays its JUMPDEST in addition.</remarks>
internal static class FusedGroups
{
    private const long Two = 2 * FrontierGas.VeryLow;

    /// <summary>Registers the least words, growth and gas of each group.</summary>
    public static void Register(InstructionSet.Builder set)
    {
        set.AddGroup(FusedCode.PushJump, InlineCode.PushJump, 0, 1, FrontierGas.VeryLow + FrontierGas.Mid);
        set.AddGroup(FusedCode.PushJumpI, InlineCode.PushJumpI, 1, 1, FrontierGas.VeryLow + FrontierGas.High);
        set.AddGroup(FusedCode.IsZeroJumpI, InlineCode.IsZeroJumpI, 1, 1, Two + FrontierGas.High);
        set.AddGroup(FusedCode.EqJumpI, InlineCode.EqJumpI, 2, 0, Two + FrontierGas.High);
        set.AddGroup(FusedCode.SelectorJumpI, InlineCode.SelectorJumpI, 1, 2, Two + Two + FrontierGas.High);
        set.AddGroup(FusedCode.PopJump, InlineCode.PopJump, 2, 0, FrontierGas.Base + FrontierGas.Mid);
        set.AddGroup(FusedCode.PopPop, InlineCode.PopPop, 2, 0, FrontierGas.Base + FrontierGas.Base);
        set.AddGroup(FusedCode.DupDup, InlineCode.DupDup, 1, 2, Two);
        set.AddGroup(FusedCode.DupPush, InlineCode.DupPush, 1, 2, Two);
        set.AddGroup(FusedCode.DupAdd, InlineCode.DupAdd, 1, 1, Two);
        set.AddGroup(FusedCode.DupMLoad, InlineCode.DupMLoad, 1, 1, Two);
        set.AddGroup(FusedCode.DupMStore, InlineCode.DupMStore, 1, 1, Two);
        set.AddGroup(FusedCode.PushDup, InlineCode.PushDup, 0, 2, Two);
        set.AddGroup(FusedCode.PushPush, InlineCode.PushPush, 0, 2, Two);
        set.AddGroup(FusedCode.PushAdd, InlineCode.PushAdd, 1, 1, Two);
        set.AddGroup(FusedCode.SwapPop, InlineCode.SwapPop, 2, 0, FrontierGas.VeryLow + FrontierGas.Base);
        set.AddGroup(FusedCode.SwapSwap, InlineCode.SwapSwap, 2, 0, Two);
        set.AddGroup(FusedCode.SwapDup, InlineCode.SwapDup, 2, 1, Two);
    }
}
