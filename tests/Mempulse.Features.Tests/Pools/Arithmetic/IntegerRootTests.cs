using System.Numerics;
using Mempulse.Features.Pools.Arithmetic;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Features.Tests.Pools.Arithmetic;

/// <summary>Square roots of whole numbers.</summary>
public sealed class IntegerRootTests
{
    [Fact]
    public void A_root_is_the_largest_number_whose_square_is_not_above()
    {
        var random = new SeededRandom(29);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = new byte[1 + random.Below(96)];
            random.Fill(bytes);
            var value = new BigInteger(bytes, isUnsigned: true);
            var root = IntegerRoot.Floor(value);
            var above = IntegerRoot.Ceiling(value);

            Assert.True(root * root <= value && (root + 1) * (root + 1) > value);
            Assert.Equal(root * root == value ? root : root + 1, above);
            Assert.Equal(root, IntegerRoot.Floor(root * root));
            Assert.Equal(root, IntegerRoot.Ceiling(root * root));
        }
    }

    [Fact]
    public void Small_roots_are_right()
    {
        for (int i = 0; i < 1_000; i++)
        {
            var root = IntegerRoot.Floor(i);

            Assert.True(root * root <= i && (root + 1) * (root + 1) > i);
        }
    }
}
