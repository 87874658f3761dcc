using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Forks;

namespace Mempulse.Evm.Precompiles;

/// <summary>The precompiles by address; which of them a fork has is in its rules.</summary>
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
        new BlsG1MultiScalar(),
        new BlsG2Add(),
        new BlsG2MultiScalar(),
        new BlsPairing(),
        new BlsMapG1(),
        new BlsMapG2(),
    ];

    /// <summary>The precompile at this number, or null where the fork has none.</summary>
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
