namespace Mempulse.Features.Registry;

/// <summary>Where a value of a call is.</summary>
public enum PathSource
{
    /// <summary>In an argument.</summary>
    Argument = 0,

    /// <summary>The account that calls.</summary>
    Sender,

    /// <summary>The contract that is called.</summary>
    Target,

    /// <summary>The ether sent with the call.</summary>
    Value,

    /// <summary>An address that the registry states.</summary>
    Constant,

    /// <summary>All bytes of a command, which are no arguments but a call.</summary>
    Input,
}
