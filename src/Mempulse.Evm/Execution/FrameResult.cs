using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Execution;

/// <summary>The result of the outermost frame.</summary>
/// <param name="Status">How the frame ended.</param>
/// <param name="GasLeft">Remaining gas.</param>
/// <param name="Created">Address of the created contract; null unless a creation succeeded.</param>
internal readonly record struct FrameResult(Status Status, long GasLeft, Address? Created)
{
    /// <summary>True when the frame succeeded and its state changes are kept.</summary>
    public bool IsSuccess => Status is Status.Stop or Status.Return or Status.SelfDestruct;
}
