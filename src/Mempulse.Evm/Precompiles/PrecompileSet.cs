using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Precompiles;

/// <summary>The precompiles by address; the fork rules decide which are active.</summary>
internal sealed class PrecompileSet(ISenderRecovery recovery)
{
    private const int P256Number = 0x100;

    private readonly P256Verify _p256 = new();
    private readonly IPrecompile?[] _numbered =
    [
        null,
        new EcRecover(recovery),
        new Sha256(),
        new Ripemd160(),
        new Identity(),
        new ModExp(),
        new Bn254Add(),
        new Bn254Multiply(),
        new Bn254Pairing(),
        new Blake2F(),
        new PointEvaluation(),
        new BlsG1Add(),
        new BlsG1Msm(),
        new BlsG2Add(),
        new BlsG2Msm(),
        new BlsPairing(),
        new BlsMapG1(),
        new BlsMapG2(),
    ];

    /// <summary>Returns the precompile at the address with this number; null when the fork has none there.</summary>
    public IPrecompile? Find(int number, ForkRules rules)
    {
        if (number == 0 || !rules.IsPrecompile(number))
        {
            return null;
        }

        if (number == P256Number)
        {
            return _p256;
        }

        return number < _numbered.Length ? _numbered[number] : null;
    }
}
