using Mempulse.Features.Registry;

namespace Mempulse.Features.Checks;

/// <summary>Two functions that read the same calldata differently at a contract that the registry does not know.</summary>
/// <remarks>The call is <c>ambiguousLayout</c> if their signatures, or those of the calls and commands in it, differ. Else the first of them is used.</remarks>
/// <param name="First">One function.</param>
/// <param name="Second">The other one.</param>
/// <param name="Difference">What they say differently.</param>
public sealed record RegistryCollision(FunctionEntry First, FunctionEntry Second, CollisionDifference Difference);
