using System.Threading.Tasks;

namespace WhiteMagic.Compiler.Tests.Idioms;

// In a class of its own, because unsafe code cannot await.
internal static class AsyncIdiom
{
    internal static async Task<int> Later(int a)
    {
        await Task.Yield();
        return a;
    }
}
