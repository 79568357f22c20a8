using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Server.Tests.Support;

namespace WhiteMagic.Server.Tests.Governance;

public sealed class PermitTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void Permit_HasNoWayToBeMadeOutsideOfGovernance()
    {
        Assert.True(typeof(Permit).IsSealed);
        Assert.All(typeof(Permit).GetConstructors(All), c => Assert.True(c.IsAssembly));
        Assembly governance = typeof(Permit).Assembly;
        Assert.DoesNotContain(governance.GetCustomAttributesData(), a => a.AttributeType.Name == "InternalsVisibleToAttribute");

        // Public members that give a permit: only the property of a ruling, and a ruling comes only from the governor.
        IEnumerable<MethodInfo> visible = governance.GetExportedTypes().SelectMany(t => t.GetMethods(All)).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);
        Assert.Equal(["get_Permit"], visible.Where(m => Gives(m, typeof(Permit))).Select(m => m.Name).Distinct());
        Assert.Equal(["Rule", "RulePart"], visible.Where(m => Gives(m, typeof(Ruling))).Select(m => m.Name).Distinct());
        Assert.All(typeof(Ruling).GetConstructors(All), c => Assert.True(c.IsPrivate));
        Assert.All(typeof(Ruling).GetProperties(All).Where(p => p.PropertyType == typeof(Permit)), p => Assert.True(p.SetMethod!.IsPrivate));
    }

    [Theory]
    [InlineData(typeof(IGalaxyStore), "Create,Update,Delete,Purge,Restore,BeginImport", "NoteAccess,Bound,Find,History,List,Search,ReadAll,Nearest,FindDuplicates,Hologram,Facts,Damaged,get_Name,get_Ledger")]
    [InlineData(typeof(IGalaxies), "Create", "Open,List,FlushPending,get_Root,get_Active")]
    [InlineData(typeof(IImportSession), "", "Add,Commit")]
    public void Port_EveryMethodThatChangesSomething_DemandsAPermit(Type port, string changing, string reading)
    {
        // A method that is in neither list is new: decide which one it belongs to. An import session is had only by a permit.
        string[] demanding = [.. port.GetMethods().Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Permit))).Select(m => m.Name).Order(StringComparer.Ordinal)];
        string[] others = [.. port.GetMethods().Where(m => m.GetParameters().All(p => p.ParameterType != typeof(Permit))).Select(m => m.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(Sorted(changing), demanding);
        Assert.Equal(Sorted(reading), others);
    }

    [Fact]
    public void Spend_Twice_IsRefused()
    {
        Permit permit = Bench.Permit();
        Assert.False(permit.IsSpent);
        Assert.Equal("create_memory", permit.Spend().Tool);
        Assert.True(permit.IsSpent);
        Assert.Throws<InvalidOperationException>(() => permit.Spend());
    }

    [Fact]
    public void Spend_OfAReadPermit_IsRefusedAndLeavesItUnspent()
    {
        Permit permit = Bench.Permit(Effect.Read, "read_memory");
        Assert.Throws<InvalidOperationException>(() => permit.Spend());
        Assert.False(permit.IsSpent);
    }

    [Fact]
    public void Spend_FromManyThreads_SucceedsOnce()
    {
        for (int round = 0; round < 50; round++)
        {
            Permit permit = Bench.Permit();
            int spent = 0;
            Parallel.For(0, 8, _ =>
            {
                try
                {
                    permit.Spend();
                    System.Threading.Interlocked.Increment(ref spent);
                }
                catch (InvalidOperationException)
                {
                }
            });
            Assert.Equal(1, spent);
        }
    }

    [Theory]
    [InlineData(Effect.Read, true)]
    [InlineData(Effect.Write, false)]
    [InlineData(Effect.Delete, false)]
    [InlineData(Effect.External, false)]
    public void Governor_ThatIsReadOnly_AllowsOnlyReading(Effect effect, bool allowed)
    {
        Ruling ruling = Bench.Governor(readOnly: true).Rule(Bench.Deed(effect, "some_tool"));
        Assert.Equal(allowed, ruling.Permit is not null);
        Assert.Equal(allowed ? Outcomes.Ok : Outcomes.PermissionDenied, ruling.Outcome);
        Assert.Equal(allowed ? "" : "some_tool would change something, and this server was started with --read-only", ruling.Explanation);
    }

    [Theory]
    [InlineData(Effect.Read)]
    [InlineData(Effect.Write)]
    [InlineData(Effect.Delete)]
    [InlineData(Effect.External)]
    public void Governor_WithoutRules_AllowsEverything(Effect effect)
    {
        Ruling ruling = Bench.Governor(readOnly: false).Rule(Bench.Deed(effect));
        Assert.NotNull(ruling.Permit);
        Assert.Equal(1, ruling.Score);
    }

    private static bool Gives(MethodInfo method, Type type) =>
        method.ReturnType == type || method.GetParameters().Any(p => p.IsOut && p.ParameterType.GetElementType() == type);

    private static string[] Sorted(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
