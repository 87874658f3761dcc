using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>How the outermost frame ended.</summary>
/// <param name="Status">Why.</param>
/// <param name="GasLeft">Of what it was given.</param>
/// <param name="Created">The new contract, after a creation that went well.</param>
internal readonly record struct FrameResult(Status Status, long GasLeft, Address? Created)
{
    /// <summary>True when its changes stand.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
}
