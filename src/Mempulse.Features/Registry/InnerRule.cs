namespace Mempulse.Features.Registry;

/// <summary>How a function carries further calls or commands.</summary>
public abstract record InnerRule
{
    private InnerRule()
    {
    }

    /// <summary>True if the bytes of the command are a call instead of arguments.</summary>
    internal bool IsWholeInput => this is Calls { Data.Source: PathSource.Input };

    /// <summary>Calls: one, or one for each element of an array.</summary>
    /// <param name="Elements">The array; null if the function carries one call.</param>
    /// <param name="Data">Calldata, from the element or from the arguments.</param>
    /// <param name="Target">The contract that is called.</param>
    /// <param name="Value">The ether that is sent with it; null for none.</param>
    public sealed record Calls(ArgumentPath? Elements, ArgumentPath Data, ArgumentPath Target, ArgumentPath? Value) : InnerRule;

    /// <summary>Commands: a byte each, with arguments at the same place of an array.</summary>
    /// <param name="Table">What the bytes mean.</param>
    /// <param name="Bytes">The commands.</param>
    /// <param name="Inputs">Their arguments.</param>
    public sealed record Commands(CommandTable Table, ArgumentPath Bytes, ArgumentPath Inputs) : InnerRule;

    /// <summary>Calls that are packed without the ABI.</summary>
    /// <param name="Bytes">The packed calls.</param>
    /// <param name="Form">How they are packed.</param>
    /// <param name="Mode">The mode of ERC-7579, whose first byte says whether it is one call or an array; null for one call.</param>
    public sealed record Packed(ArgumentPath Bytes, PackedForm Form, ArgumentPath? Mode) : InnerRule;
}
