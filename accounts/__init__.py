"""Who people are: sign-ins, the resident register, authority for others, the number vault and the trail."""
