using Mempulse.Ethereum.Forks;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The names that the suites give to forks.</summary>
internal static class ForkNames
{
    public static Fork Of(string name) => name switch
    {
        "EIP150" => Fork.TangerineWhistle,
        "EIP158" => Fork.SpuriousDragon,
        "ConstantinopleFix" => Fork.Petersburg,
        "Merge" => Fork.Paris,
        "MuirGlacier" => Fork.Istanbul,
        "ArrowGlacier" or "GrayGlacier" => Fork.London,
        _ => Enum.TryParse<Fork>(name, ignoreCase: true, out var fork) ? fork : throw new InvalidDataException($"No fork is known by the name {name}."),
    };
}
