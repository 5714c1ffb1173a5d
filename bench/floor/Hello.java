/** What a JVM costs that does nothing: no scan in Java can be faster. */
public class Hello {
    public static void main(String[] arguments) {
        System.out.println("Hello, World!");
    }
}
